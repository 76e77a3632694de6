//! What is told of what was found: for people, the worst first, each with what was seen, whose it is, and the remedy; for
//! machines, the same as one JSON object.

use serde_json::{Value, json};

use super::findings::{Finding, Severity};

/// What was looked at, and what was found.
pub(super) struct Report {
    /// Fit to be printed.
    pub(super) address: String,
    /// `page`, `origin`, `tracker` or `instance`.
    pub(super) kind: &'static str,
    pub(super) findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(address: String, kind: &'static str, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.severity);
        Self { address, kind, findings }
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{} ({})\n", self.address, self.kind);
        for finding in &self.findings {
            let Finding { code, severity, owner, remedy, at, seen, more } = finding;
            let others = if *more > 0 { format!(", and {more} more") } else { String::new() };
            let word = severity.word().to_uppercase();
            text += &format!(
                "\n{word} {code}: {seen}\n  at      {at}{others}\n  whose   {owner}\n  remedy  {remedy}\n"
            );
        }
        let [stops, costs, notes] =
            [Severity::Stops, Severity::Costs, Severity::Note].map(|one| self.count(one));
        let end = match (stops, costs, notes) {
            (0, 0, 0) => "Nothing stands in Sprat's way.".to_owned(),
            _ => format!("{stops} that stop, {costs} that cost, {notes} to note. docs/doctor.md says more."),
        };
        text + "\n" + &end
    }

    pub(super) fn json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity.word(),
                "seen": finding.seen,
                "at": finding.at,
                "more": finding.more,
                "owner": finding.owner,
                "remedy": finding.remedy,
            })
        });
        let stops = self.count(Severity::Stops) > 0;
        json!({ "address": self.address, "kind": self.kind, "stops": stops, "findings": findings.collect::<Vec<_>>() })
    }
}
