//! What packs need of one another.

use super::Surroundings;
use super::names::Seen;
use crate::Code;
use crate::catalog::{Catalog, Pack};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::Word;

pub(super) fn check(catalog: &Catalog, surroundings: &Surroundings, findings: &mut Findings) {
    let mut packs = Seen::default();
    for pack in &catalog.packs {
        packs.note(
            &pack.declared.pack.id.text,
            pack.declared.pack.id.span,
            findings,
        );
        for legal in &pack.declared.pack.legal {
            super::series::backwards(legal.from.as_ref(), legal.to.as_ref(), findings);
        }
        let mut records = Seen::default();
        for record in &pack.records {
            let id = &record.declared.record.id;
            records.note(&id.text, id.span, findings);
        }
        for needed in &pack.declared.pack.needs {
            if !needed.is_empty() && catalog.pack(needed).is_none() {
                let known = catalog
                    .packs
                    .iter()
                    .map(|pack| pack.declared.pack.id.text.as_str());
                let finding = Diagnostic::new(Code::UnknownPack, needed.span)
                    .with("name", &needed.text)
                    .meant(needed, known);
                findings.push(finding);
            }
        }
    }
    let mut roles = Seen::default();
    for role in catalog.packs.iter().flat_map(|pack| &pack.declared.roles) {
        roles.note(&role.id.text, role.id.span, findings);
        if surroundings.roles.contains(&role.id.text) {
            let finding = Diagnostic::new(Code::Reserved, role.id.span).with("name", &role.id.text);
            findings.push(finding);
        }
    }
    cycles(catalog, findings);
}

/// Packs that need one another in a circle; each circle is said once.
fn cycles(catalog: &Catalog, findings: &mut Findings) {
    // 0: not seen, 1: on the way that is walked now, 2: done.
    let mut seen = vec![0_u8; catalog.packs.len()];
    for start in 0..catalog.packs.len() {
        // A walk of its own stack: packs may be many.
        let mut way = vec![(start, 0_usize)];
        if seen[start] != 0 {
            continue;
        }
        seen[start] = 1;
        while let Some((pack, next)) = way.last().copied() {
            let needs = &catalog.packs[pack].declared.pack.needs;
            let Some(needed) = needs.get(next) else {
                seen[pack] = 2;
                way.pop();
                continue;
            };
            if let Some(last) = way.last_mut() {
                last.1 += 1;
            }
            let Some(target) = catalog.pack(needed) else {
                continue;
            };
            match seen[target] {
                0 => {
                    seen[target] = 1;
                    way.push((target, 0));
                }
                1 => {
                    let from = way
                        .iter()
                        .position(|(pack, _)| *pack == target)
                        .unwrap_or(0);
                    let name = |pack: usize| catalog.packs[pack].declared.pack.id.text.clone();
                    let mut names: Vec<String> =
                        way[from..].iter().map(|(pack, _)| name(*pack)).collect();
                    names.push(name(target));
                    let finding = Diagnostic::new(Code::PackCycle, needed.span)
                        .with("way", names.join(" → "));
                    findings.push(finding);
                }
                _ => {}
            }
        }
    }
}

/// Whether a name of another pack may be used: its pack must be said to be needed.
pub(super) fn needed(pack: &Pack, name: &Word, findings: &mut Findings) {
    let Some((other, _)) = name.split_once('/') else {
        return;
    };
    let own = pack.declared.pack.id.text == other;
    if !own
        && !pack
            .declared
            .pack
            .needs
            .iter()
            .any(|needed| needed.text == other)
    {
        let finding = Diagnostic::new(Code::NotNeeded, name.span)
            .with("name", &name.text)
            .with("pack", other);
        findings.push(finding);
    }
}
