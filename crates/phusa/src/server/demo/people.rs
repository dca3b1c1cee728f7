//! Who is made up: at least one for each role.

use directory::{Reading, Role, UnitTree};
use vocab::Id;

/// Somebody made up.
pub(super) struct Person {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// The body's name in the decision, or a commune's code; none for the province itself.
    body: Option<&'static str>,
    /// Roles of packs that they hold there besides.
    pub also: &'static [&'static str],
}

/// A commune by its code, and its name.
const COMMUNE: Option<&str> = Some("29611");
const COMMUNE_NAME: &str = "Xã Phú Quới";
const PROVINCE: &str = "UBND tỉnh Vĩnh Long";
const HOME_AFFAIRS: Option<&str> = Some("Sở Nội vụ");
const INDUSTRY_AND_TRADE: Option<&str> = Some("Sở Công Thương");
const INFORMATION: Option<&str> = Some("Sở Thông tin và Truyền thông");

pub(super) const PEOPLE: [Person; 14] = [
    Person::new(
        "canbo.snv",
        "Nguyễn Thị Bích Ngọc (giả lập)",
        Role::Officer,
        HOME_AFFAIRS,
    )
    .with(&["equipment.keeper", "security.operator"]),
    Person::new(
        "lanhdao.snv",
        "Trần Văn Phước (giả lập)",
        Role::Head,
        HOME_AFFAIRS,
    )
    .with(&["equipment.head"]),
    Person::new(
        "canbo.sct",
        "Lê Hoàng Nam (giả lập)",
        Role::Officer,
        INDUSTRY_AND_TRADE,
    )
    .with(&["security.operator"]),
    Person::new(
        "lanhdao.sct",
        "Phạm Thị Thu Hà (giả lập)",
        Role::Head,
        INDUSTRY_AND_TRADE,
    ),
    Person::new(
        "canbo.sttt",
        "Võ Minh Khang (giả lập)",
        Role::Officer,
        INFORMATION,
    )
    .with(&["security.specialist"]),
    Person::new(
        "lanhdao.sttt",
        "Huỳnh Quốc Dũng (giả lập)",
        Role::Head,
        INFORMATION,
    )
    .with(&["security.head"]),
    Person::new(
        "dieuphoi.sttt",
        "Đặng Thị Kim Loan (giả lập)",
        Role::Coordinator,
        INFORMATION,
    ),
    Person::new("lanhdaotinh", "Mai Hữu Lộc (giả lập)", Role::Viewer, None)
        .with(&["security.owner"]),
    Person::new("chutich.tinh", "Lâm Quang Vinh (giả lập)", Role::Head, None),
    Person::new(
        "quantri",
        "Dương Gia Bảo (giả lập)",
        Role::Administrator,
        None,
    ),
    Person::new(
        "nongnghiep.xa",
        "Lý Thị Sáu (giả lập)",
        Role::Officer,
        COMMUNE,
    )
    .with(&["agri.officer"]),
    Person::new(
        "kiemtra.vungtrong",
        "Bùi Văn Tám (giả lập)",
        Role::Viewer,
        None,
    )
    .with(&["agri.inspector"]),
    Person::new(
        "duyet.vungtrong",
        "Ngô Thị Chín (giả lập)",
        Role::Viewer,
        None,
    )
    .with(&["agri.approver"]),
    Person::new("chicuc.bvtv", "Đỗ Văn Mười (giả lập)", Role::Viewer, None).with(&["agri.head"]),
];

impl Person {
    const fn new(
        login: &'static str,
        name: &'static str,
        role: Role,
        body: Option<&'static str>,
    ) -> Self {
        Self {
            login,
            name,
            role,
            body,
            also: &[],
        }
    }

    const fn with(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// All the roles that they hold.
    pub(super) fn roles(&self) -> Vec<Role> {
        let also = self.also.iter().filter_map(|code| Role::coded(code));
        std::iter::once(self.role).chain(also).collect()
    }

    /// The title of the position, as official papers have it.
    pub(super) const fn title(&self) -> &'static str {
        match self.role {
            Role::Viewer => "Lãnh đạo UBND tỉnh",
            Role::Head => "Lãnh đạo đơn vị",
            Role::Officer | Role::Coordinator | Role::Custom(_) => "Chuyên viên",
            Role::Administrator => "Quản trị viên",
        }
    }

    pub(super) fn unit_name(&self) -> &'static str {
        match self.body {
            COMMUNE => COMMUNE_NAME,
            body => body.unwrap_or(PROVINCE),
        }
    }

    pub(super) fn unit(&self, tree: &UnitTree) -> Option<Id> {
        match self.body {
            None => Some(directory::province()),
            Some(code) if code.bytes().all(|byte| byte.is_ascii_digit()) => {
                tree.by_area_code(code).map(|unit| unit.id)
            }
            Some(body) => match tree.resolve(body, None)? {
                Reading::Unit(id) => Some(id),
                Reading::Group(_) => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_marked_as_made_up_and_every_role_is_there() {
        for role in Role::ALL {
            assert!(PEOPLE.iter().any(|person| person.role == role), "{role:?}");
        }
        for person in &PEOPLE {
            assert!(person.name.ends_with("(giả lập)"), "{}", person.name);
        }
    }
}
