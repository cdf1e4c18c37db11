//! Queues, objectives, groups.

use super::{Draft, list};

impl Draft {
    pub(super) fn queues(&mut self) {
        let count = if self.rng.chance(70) { 1 + self.rng.below(3) } else { 0 };
        let mut entries = Vec::new();
        for id in ["cards", "loans", "claims"].iter().take(usize::try_from(count).unwrap_or(0)) {
            let priority = 1 + self.rng.below(3);
            self.queues.push((*id).to_owned());
            entries.push(((*id).to_owned(), vec![format!("priority: {priority}")]));
        }
        self.section(0, "queues", &entries);
        let mut lines = Vec::new();
        for queue in self.queues.clone() {
            if self.rng.chance(70) {
                let mbco = self.rng.pick(&["40%", "60%", "100%", "3 agents", "5 agents"]);
                let count = self.rng.pick(&["", ", count: working"]);
                lines.push(format!("  - {{queue: {queue}, mbco: {mbco}{count}}}"));
            }
        }
        if self.rng.chance(25) {
            lines.push("  - {overall: true, mbco: 50%}".to_owned());
        }
        if !lines.is_empty() {
            self.line("objectives:");
            for line in &lines {
                self.line(line);
            }
        }
    }

    pub(super) fn groups(&mut self) {
        let count = 1 + usize::try_from(self.rng.below(3)).unwrap_or(0);
        let mut entries = Vec::new();
        for id in ["north", "south", "west"].iter().take(count) {
            let fields = self.group();
            entries.push((format!("team-{id}"), fields));
        }
        self.line("groups:");
        for (id, fields) in entries {
            self.line(&format!("  {id}:"));
            for field in fields {
                self.line(&format!("    {field}"));
            }
        }
    }

    fn group(&mut self) -> Vec<String> {
        let agents = 2 + self.rng.below(9);
        let mut fields = vec![format!("agents: {agents}")];
        fields.push(format!("work_at: {}", list(&self.places())));
        if !self.queues.is_empty() {
            let several = self.rng.chance(15);
            let queues = self.rng.some(&self.queues.clone(), if several { 2 } else { 1 });
            fields.push(format!("queues: {}", list(&queues)));
        }
        if self.rng.chance(15) {
            fields.push(format!("priority: {}", 1 + self.rng.below(3)));
        }
        if self.rng.chance(10) {
            fields.push("media: [digital]".to_owned());
        } else {
            let phones = self.rng.some(&self.phones.clone(), 3);
            fields.push(format!("phones: {}", list(&phones)));
            if self.rng.chance(70) {
                let some =
                    if self.rng.chance(75) { phones.clone() } else { self.rng.some(&phones, 2) };
                fields.push(format!("provisioned: {}", list(&some)));
            }
        }
        if self.rng.chance(70) {
            fields.push(format!("access: {}", list(&self.access_ways())));
        }
        if self.rng.chance(25) {
            fields.push("enters_by: direct".to_owned());
        }
        fields.extend(self.browser());
        if let Some(profile) = self.rng.pick_any(&self.profiles.clone()) {
            fields.push(format!("workstation: {profile}"));
        }
        if self.rng.chance(45) {
            fields.push(format!("apps: {}", self.apps()));
        }
        if self.rng.chance(20) {
            fields.push(format!("recording: {}", self.recording()));
        }
        if self.rng.chance(10) {
            fields.push("occupancy: 75%".to_owned());
        }
        if self.rng.chance(6) {
            fields.push("traffic: {voice: 64kbps, desktop: 32kbps}".to_owned());
        }
        if !self.utilities.is_empty() && self.rng.chance(25) {
            let uses = ["{partner-desks: 1}", "{partner-desks: 0.5, headsets: 1}", "{headsets: 1}"];
            let uses = self.rng.pick(&uses);
            fields.push(format!("ways: {{partner: {{needs: [chiller], uses: {uses}}}}}"));
        }
        fields
    }

    fn places(&mut self) -> Vec<String> {
        let mut places = self.rng.some(&self.offices.clone(), 1);
        let home = self.rng.pick_any(&self.homes.clone());
        if self.rng.chance(80) {
            places.extend(home);
        }
        if self.rng.chance(15) {
            places.reverse();
        }
        let rest: Vec<String> = self
            .company_sites()
            .into_iter()
            .chain(self.vendors.clone())
            .filter(|site| !places.contains(site))
            .collect();
        if self.rng.chance(20) {
            places.extend(self.rng.pick_any(&rest));
        }
        if self.rng.chance(10) {
            places.remove(0);
        }
        if places.is_empty() {
            places.clone_from(&self.offices);
        }
        places
    }

    fn access_ways(&mut self) -> Vec<String> {
        let mut all = vec!["private".to_owned(), "internet".to_owned(), "internet".to_owned()];
        all.extend(self.vpns.iter().chain(&self.vdis).cloned());
        all.extend(self.proxies.iter().map(|(id, _)| id.clone()));
        let mut ways: Vec<String> = Vec::new();
        for way in self.rng.some(&all, 4) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    fn browser(&mut self) -> Option<String> {
        let pacs: Vec<String> = self.pacs.iter().map(|(id, _)| id.clone()).collect();
        let proxies: Vec<String> = self.proxies.iter().map(|(id, _)| id.clone()).collect();
        if let (Some(pac), true) = (self.rng.pick_any(&pacs), self.rng.chance(45)) {
            return Some(format!("pac: {pac}"));
        }
        if !proxies.is_empty() && self.rng.chance(20) {
            let some = self.rng.some(&proxies, 2);
            return Some(format!("proxy: {}", list(&some)));
        }
        None
    }

    fn apps(&mut self) -> String {
        let mut apps = Vec::new();
        if self.rng.chance(90) {
            let desktop = match self.rng.pick_any(&self.vdis.clone()) {
                Some(vdi) if self.rng.chance(35) => format!("{{on: {vdi}}}"),
                _ => "required".to_owned(),
            };
            apps.push(format!("agent-desktop: {desktop}"));
        }
        let others = ["wfm", "crm-desktop", "recording-ui", "designer", "predictive-routing"];
        for app in self.rng.some(&others, 2) {
            if !self.rng.chance(60) {
                continue;
            }
            let vdi = self.rng.pick_any(&self.vdis.clone());
            let how = match (vdi, self.rng.below(5)) {
                (Some(vdi), 0 | 1) => format!("{{on: {vdi}}}"),
                (_, 2) => "optional".to_owned(),
                (_, 3) => "{on: workstation}".to_owned(),
                _ => "required".to_owned(),
            };
            apps.push(format!("{app}: {how}"));
        }
        format!("{{{}}}", apps.join(", "))
    }

    fn recording(&mut self) -> String {
        let mut parts = vec![format!("required: {}", self.rng.chance(75))];
        let versions = ["8.5.370.9", "8.5.370.77", "8.5.370.78", "8.5.370.100"];
        parts.push(format!("version: {}", self.rng.pick(&versions)));
        if self.rng.chance(30) {
            parts.push(format!("share: {}", self.rng.pick(&["20%", "50%"])));
        }
        if self.rng.chance(30) {
            parts.push("screens: 1".to_owned());
        }
        if self.rng.chance(25) {
            parts.push("upload: scheduled".to_owned());
        }
        let proxy = self.rng.pick_any(&self.proxies.clone());
        if let (Some((proxy, _)), true) = (proxy, self.rng.chance(60)) {
            let set_in = self.rng.pick(&["", ", set_in: file", ", set_in: cloud"]);
            parts.push(format!("proxy: {{via: {proxy}{set_in}}}"));
        }
        if self.rng.chance(10) {
            let machines: Vec<String> =
                self.vdis.iter().cloned().chain(["workstation".to_owned()]).collect();
            parts.push(format!("on: {}", self.rng.pick(&machines)));
        }
        format!("{{{}}}", parts.join(", "))
    }
}
