//! Every page, in every language, with every sample.

use std::path::Path;

use askama::Template;
use vocab::Lang;

use super::samples::{self, HOSTILE, Sampled};
use super::shell::Theme;

/// Elements that have no end tag.
const VOID: [&str; 5] = ["meta", "link", "input", "br", "img"];

/// One rendered sample.
struct Rendered {
    name: String,
    html: String,
}

fn render<P: Sampled>(rendered: &mut Vec<Rendered>) {
    for lang in Lang::ALL {
        for (number, page) in P::samples(&samples::visitor(lang)).iter().enumerate() {
            let name = format!("{}-{}-{number}", P::NAME, lang.tag());
            let html = page
                .render()
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            rendered.push(Rendered { name, html });
        }
    }
}

fn every_sample() -> Vec<Rendered> {
    let mut rendered = Vec::new();
    render::<super::about::About>(&mut rendered);
    render::<super::project::list::ProjectList>(&mut rendered);
    render::<super::project::show::ProjectPage>(&mut rendered);
    render::<super::project::entry_form::EntryForm>(&mut rendered);
    render::<super::project::targets::ProjectTargets>(&mut rendered);
    render::<super::project::money::ProjectMoney>(&mut rendered);
    render::<super::project::stated::StatedForm>(&mut rendered);
    render::<super::own_plans::overview::OwnPlans>(&mut rendered);
    render::<super::own_plans::show::OwnPlan>(&mut rendered);
    render::<super::own_plans::form::OwnPlanForm>(&mut rendered);
    render::<super::account::Account>(&mut rendered);
    render::<super::accounts::AccountEdit>(&mut rendered);
    render::<super::accounts::Accounts>(&mut rendered);
    render::<super::amendments::AmendmentList>(&mut rendered);
    render::<super::amendments::AmendmentForm>(&mut rendered);
    render::<super::amendments::AmendmentPage>(&mut rendered);
    render::<super::amendments::AmendmentTarget>(&mut rendered);
    render::<super::obstacles::ObstacleList>(&mut rendered);
    render::<super::obstacles::ObstacleForm>(&mut rendered);
    render::<super::obstacles::ObstaclePage>(&mut rendered);
    render::<super::opinions::OpinionsPage>(&mut rendered);
    render::<super::opinions::OpinionPage>(&mut rendered);
    render::<super::audit::Audit>(&mut rendered);
    render::<super::audit_entry::EntryPage>(&mut rendered);
    render::<super::campaign::CampaignPage>(&mut rendered);
    render::<super::campaign_list::CampaignList>(&mut rendered);
    render::<super::campaign_new::CampaignNew>(&mut rendered);
    render::<super::sheet::SheetPage>(&mut rendered);
    render::<super::sheet_by_link::SheetByLink>(&mut rendered);
    render::<super::sheet_link::SheetLinkPage>(&mut rendered);
    render::<super::conflict::Conflict>(&mut rendered);
    render::<super::design::Design>(&mut rendered);
    render::<super::document::DocumentPage>(&mut rendered);
    render::<super::error::ErrorPage>(&mut rendered);
    render::<super::figure::FeedForm>(&mut rendered);
    render::<super::figure::FigureList>(&mut rendered);
    render::<super::figure::FigurePage>(&mut rendered);
    render::<super::findings::Findings>(&mut rendered);
    render::<super::history::History>(&mut rendered);
    render::<super::inbox::Inbox>(&mut rendered);
    render::<super::invitation::Invited>(&mut rendered);
    render::<super::jobs::Jobs>(&mut rendered);
    render::<super::looks::Board>(&mut rendered);
    render::<super::looks::Chart>(&mut rendered);
    render::<super::looks::Calendar>(&mut rendered);
    render::<super::manual::ManualPage>(&mut rendered);
    render::<super::measure_form::MeasureForm>(&mut rendered);
    render::<super::measures::Measures>(&mut rendered);
    render::<super::no_plan::NoPlan>(&mut rendered);
    render::<super::observation::Observation>(&mut rendered);
    render::<super::observation_edit::ObservationEdit>(&mut rendered);
    render::<super::overview::Overview>(&mut rendered);
    render::<super::system_map::SystemMap>(&mut rendered);
    render::<super::system_map::PublicMaps>(&mut rendered);
    render::<super::people::People>(&mut rendered);
    render::<super::people_form::PeopleForm>(&mut rendered);
    render::<super::my_delegations::MyDelegations>(&mut rendered);
    render::<super::hooks::HookList>(&mut rendered);
    render::<super::hooks::HookPage>(&mut rendered);
    render::<super::hooks::HookForm>(&mut rendered);
    render::<super::roles::Roles>(&mut rendered);
    render::<super::roles::RolePage>(&mut rendered);
    render::<super::roles::RoleForm>(&mut rendered);
    render::<super::rights::Rights>(&mut rendered);
    render::<super::people_import::PeopleImportPage>(&mut rendered);
    render::<super::people_person::PersonPage>(&mut rendered);
    render::<super::password_reset::PasswordLost>(&mut rendered);
    render::<super::password_reset::PasswordNew>(&mut rendered);
    render::<super::progress::changes::Changes>(&mut rendered);
    render::<super::progress::committee::Committee>(&mut rendered);
    render::<super::progress::heat::Heat>(&mut rendered);
    render::<super::progress::money::Money>(&mut rendered);
    render::<super::progress::publication::Publication>(&mut rendered);
    render::<super::progress::unit::UnitOwes>(&mut rendered);
    render::<super::progress::wall::Wall>(&mut rendered);
    render::<super::periodic::PeriodicList>(&mut rendered);
    render::<super::periodic::PeriodicNew>(&mut rendered);
    render::<super::periodic_report::PeriodicReport>(&mut rendered);
    render::<super::periodic_paper::PeriodicPaper>(&mut rendered);
    render::<super::periodic_section::PeriodicSection>(&mut rendered);
    render::<super::periodic_section::PeriodicAround>(&mut rendered);
    render::<super::periodic_compare::PeriodicCompare>(&mut rendered);
    render::<super::periodic_compare::PeriodicLayout>(&mut rendered);
    render::<super::public_lookup::Lookups>(&mut rendered);
    render::<super::public_lookup::PublicLookup>(&mut rendered);
    render::<super::public_record::PublicPaper>(&mut rendered);
    render::<super::projects::Projects>(&mut rendered);
    render::<super::public_lookup::Lookups>(&mut rendered);
    render::<super::public_lookup::PublicLookup>(&mut rendered);
    render::<super::public_record::PublicPaper>(&mut rendered);
    render::<super::readings::Readings>(&mut rendered);
    render::<super::report_list::ReportList>(&mut rendered);
    render::<super::search::Search>(&mut rendered);
    render::<super::setup::Setup>(&mut rendered);
    render::<super::sign_in::SignIn>(&mut rendered);
    render::<super::system_form::SystemForm>(&mut rendered);
    render::<super::system_import::SystemImport>(&mut rendered);
    render::<super::system_import::SystemImports>(&mut rendered);
    render::<super::system_list::SystemList>(&mut rendered);
    render::<super::system_many::SystemMany>(&mut rendered);
    render::<super::system_record::SystemRecord>(&mut rendered);
    render::<super::system_retention::SystemRetention>(&mut rendered);
    render::<super::systems::Systems>(&mut rendered);
    render::<super::target::TargetPage>(&mut rendered);
    render::<super::target_list::TargetList>(&mut rendered);
    render::<super::tokens::Tokens>(&mut rendered);
    render::<super::unit::UnitPage>(&mut rendered);
    render::<super::unit_changes::UnitChanges>(&mut rendered);
    render::<super::unit_changes::UnitUndo>(&mut rendered);
    render::<super::unit_event_form::UnitEventForm>(&mut rendered);
    render::<super::unit_event_form::UnitEventPreview>(&mut rendered);
    render::<super::unit_history::UnitHistoryPage>(&mut rendered);
    render::<super::unit_import::UnitImportPage>(&mut rendered);
    render::<super::unit_map::UnitMap>(&mut rendered);
    render::<super::unit_mapping::UnitMappingPage>(&mut rendered);
    render::<super::unit_tree::UnitTreePage>(&mut rendered);
    render::<super::units::Units>(&mut rendered);
    render::<super::plan_import::PlanImport>(&mut rendered);
    render::<super::plan_import::PlanPreview>(&mut rendered);
    render::<super::plan_names::PlanNames>(&mut rendered);
    render::<super::duties::Duties>(&mut rendered);
    render::<super::duties::DutyPage>(&mut rendered);
    render::<super::baselines::Baselines>(&mut rendered);
    rendered
}

/// Elements opened and not closed in order, values not in quotes, ids given twice.
fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(end) = rest.find('>') else {
            faults.push("a tag without an end".to_owned());
            break;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n'])
            .next()
            .unwrap_or("");
        if tag.starts_with('!') {
            continue;
        }
        if tag.starts_with('/') {
            let opened = open.pop();
            if opened != Some(name) {
                faults.push(format!("</{name}> closes {opened:?}"));
            }
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
        if tag.matches('"').count() % 2 == 1 {
            faults.push(format!("quotes of <{tag}> do not match"));
        }
        if let Some((_, id)) = tag.split_once(" id=\"") {
            let id = &id[..id.find('"').unwrap_or(id.len())];
            if !ids.insert(id) {
                faults.push(format!("id {id} is there twice"));
            }
        }
        for inline in [" style=", " onclick=", " onload=", "javascript:"] {
            if tag.contains(inline) {
                faults.push(format!("<{tag}> breaks the content security policy"));
            }
        }
    }
    faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
    faults
}

/// Fields that no label speaks of.
fn unlabelled(html: &str) -> Vec<String> {
    let fields = ["<input", "<select", "<textarea"];
    fields
        .into_iter()
        .flat_map(|start| html.split(start).skip(1))
        .map(|rest| &rest[..rest.find('>').unwrap_or(rest.len())])
        .filter(|tag| !tag.contains("type=\"hidden\"") && !tag.contains("aria-label="))
        .filter(|tag| {
            let id = tag
                .split("id=\"")
                .nth(1)
                .and_then(|id| id.split('"').next());
            !id.is_some_and(|id| html.contains(&format!("for=\"{id}\"")))
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn pages_are_well_formed_and_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    let rendered = every_sample();
    assert!(rendered.len() > 100);
    for Rendered { name, html } in rendered {
        // For looking at in a browser; see web-assets/README.md.
        std::fs::write(folder.join(format!("{name}.html")), &html).unwrap();
        assert_eq!(faults(&html), Vec::<String>::new(), "{name}");
        assert_eq!(
            unlabelled(&html),
            Vec::<String>::new(),
            "{name}: fields without a label"
        );
        for marker in ["⟦", "{{", "{%"] {
            assert!(!html.contains(marker), "{name} shows {marker}");
        }
        assert!(!html.contains("<script>"), "{name} lets markup through");
        assert_eq!(
            html.matches("<h1").count(),
            1,
            "{name} needs one main heading"
        );
        let forms = html.matches("method=\"post\"").count();
        assert_eq!(
            html.matches("name=\"csrf\"").count(),
            forms,
            "{name}: forms without their token"
        );
    }
}

#[test]
fn names_are_escaped_where_they_are_shown() {
    let shown = every_sample()
        .iter()
        .filter(|page| page.html.contains("&#60;script&#62;alert("))
        .count();
    assert!(shown > 30, "only {shown} samples show {HOSTILE}");
}

#[test]
fn the_checker_finds_faults() {
    for broken in [
        "<p><b></p></b>",
        "<p>",
        "<a id=\"x\"></a><a id=\"x\"></a>",
        "<p style=\"x\"></p>",
        "<p class=\"a></p>",
    ] {
        assert!(!faults(broken).is_empty(), "{broken} passes");
    }
    assert!(faults("<!doctype html><p>a<br>b</p><input id=\"x\">").is_empty());
    assert!(!unlabelled("<input id=\"x\">").is_empty());
}

#[test]
fn themes_lead_back_from_their_value() {
    for theme in Theme::ALL {
        assert_eq!(Theme::lookup(theme.value()), Some(theme));
    }
    let shell = super::Shell {
        theme: Theme::Dark,
        ..samples::visitor(Lang::Vi)
    };
    let html = super::design::Design::new(shell).render().unwrap();
    assert!(html.contains("<html lang=\"vi\" data-theme=\"dark\">"));
}
