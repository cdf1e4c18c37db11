//! The findings on a plan as a document.

use outlast_engine::check::{Finding, Findings, Waived};
use outlast_engine::rules;
use outlast_models::diagnostic::Severity;

use crate::document::{CheckDocument, FindingDocument, HitDocument, LineDocument, WaivedDocument};
use crate::run::Context;

/// What was found on a plan, as a document.
pub fn checked(context: Context<'_>, findings: &Findings) -> CheckDocument {
    let count = |severity| findings.all.iter().filter(|one| one.severity == severity).count();
    CheckDocument {
        head: context.head("check"),
        on_shift: findings.on_shift,
        working: findings.working,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        findings: findings.all.iter().map(|one| finding(context, one)).collect(),
        waived: findings.waived.iter().map(|one| waived(context, one)).collect(),
    }
}

fn waived(context: Context<'_>, waived: &Waived) -> WaivedDocument {
    WaivedDocument {
        waiver: waived.waiver.to_string(),
        reason: waived.reason.clone(),
        owner: waived.owner.clone(),
        until: waived.until.to_string(),
        finding: finding(context, &waived.finding),
    }
}

fn finding(context: Context<'_>, finding: &Finding) -> FindingDocument {
    let place = finding.place.filter(|place| context.files.at(*place).is_some());
    FindingDocument {
        rule: finding.rule.clone(),
        title: rules::title(&finding.rule).map(str::to_owned),
        severity: word(finding.severity).to_owned(),
        at: finding.at.clone(),
        place: place.map(|place| LineDocument {
            file: context.files.name(place.file),
            line: place.line,
            column: place.column,
        }),
        says: finding.says.clone(),
        breaks: finding.breaks.iter().cloned().collect(),
        agents: finding.agents(),
        groups: finding
            .groups()
            .into_iter()
            .map(|(group, agents)| HitDocument { group: group.to_string(), agents })
            .collect(),
        mend: Some(finding.mend.clone()).filter(|mend| !mend.is_empty()),
        write: finding.write.clone(),
    }
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
