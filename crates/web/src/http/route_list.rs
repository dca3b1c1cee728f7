//! Routes that know their own list.
//!
//! What a [`Routes`] serves it also names, so that the authorization matrix
//! (`tests/matrix`) walks every endpoint there is. [`get`] and [`post`] stand for axum's own
//! functions of these names; the router behind is axum's.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};
use utoipa::openapi::{OpenApi, PathItem};

use super::App;

/// An address and one method that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The method; `GET` stands for `HEAD` too.
    pub method: Method,
    /// The address, with its parameters as `{name}`.
    pub path: String,
}

/// A router with the list of its endpoints.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    router: Router<App>,
    endpoints: Vec<Endpoint>,
}

/// What an address does for each of its methods.
#[derive(Debug, Default)]
pub(crate) struct Methods {
    router: MethodRouter<App>,
    methods: Vec<Method>,
}

/// Answers `GET` and `HEAD`.
pub(crate) fn get<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods {
        router: routing::get(handler),
        methods: vec![Method::GET],
    }
}

/// Answers `POST`.
pub(crate) fn post<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods::default().post(handler)
}

impl Methods {
    /// Answers `POST` too.
    pub(crate) fn post<H: Handler<T, App>, T: 'static>(mut self, handler: H) -> Self {
        self.router = self.router.post(handler);
        self.methods.push(Method::POST);
        self
    }
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A router whose endpoints are those that its description names.
    pub(crate) fn described(router: Router<App>, openapi: &OpenApi) -> Self {
        let paths = openapi.paths.paths.iter();
        let endpoints = paths.flat_map(|(path, item)| {
            methods(item).map(|method| Endpoint {
                method,
                path: path.clone(),
            })
        });
        Self {
            endpoints: endpoints.collect(),
            router,
        }
    }

    pub(crate) fn route(mut self, path: &str, methods: Methods) -> Self {
        self.router = self.router.route(path, methods.router);
        let endpoints = methods.methods.into_iter().map(|method| Endpoint {
            method,
            path: path.to_owned(),
        });
        self.endpoints.extend(endpoints);
        self
    }

    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.endpoints.extend(other.endpoints);
        self
    }

    /// The same endpoints behind what this puts around them.
    pub(crate) fn within(mut self, around: impl FnOnce(Router<App>) -> Router<App>) -> Self {
        self.router = around(self.router);
        self
    }

    pub(super) fn into_router(self) -> Router<App> {
        self.router
    }

    pub(super) fn into_endpoints(self) -> Vec<Endpoint> {
        self.endpoints
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = Method> {
    [
        (Method::GET, item.get.is_some()),
        (Method::PUT, item.put.is_some()),
        (Method::POST, item.post.is_some()),
        (Method::DELETE, item.delete.is_some()),
        (Method::PATCH, item.patch.is_some()),
    ]
    .into_iter()
    .filter_map(|(method, there)| there.then_some(method))
}
