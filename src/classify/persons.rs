//! Which persons a step concerns: its targets, those named beside it, whoever announces it as his
//! or her own.

use super::{
    definition::PersonClass,
    frames::{Frame, View},
    lexicon::{Mention, What},
    slots::Stand,
    targets::{Who, is_personal},
    words::{Traits, Words},
};
use crate::model::{Action, Field, Kind, Step};

/// Verbs with which somebody says something.
const SAYS: &[&str] = &[
    "announced",
    "announces",
    "argued",
    "argues",
    "called",
    "calls",
    "claimed",
    "claims",
    "condemned",
    "condemns",
    "confirmed",
    "confirms",
    "denounced",
    "denounces",
    "dice",
    "dijo",
    "hailed",
    "hails",
    "insisted",
    "insists",
    "praised",
    "praises",
    "reported",
    "reports",
    "said",
    "says",
    "slammed",
    "slams",
    "tells",
    "told",
    "warned",
    "warns",
    "welcomed",
    "welcomes",
];

/// In how many words of a lead whoever speaks is named, with the office.
const ANNOUNCER: usize = 10;

/// Within how many words of a lead a companion is called one.
const COMPANIONS: usize = 8;

/// Notes which verbs are of saying.
pub(crate) fn mark(words: &mut Words) {
    words.mark(SAYS.iter().copied(), Traits::SAYS);
}

impl View<'_> {
    /// The persons whom a frame concerns.
    pub(super) fn persons(&self, frame: &Frame, step: Step) -> Vec<Who> {
        if step.kind == Kind::Resolution {
            return Vec::new();
        }
        let mut persons = if is_personal(step) { self.targets(frame) } else { Vec::new() };
        for stand in [Stand::Own, Stand::Title, Stand::Elsewhere] {
            if persons.is_empty() {
                let concerned = self.named().filter_map(|mention| {
                    let who = self.bystander(mention, step)?;
                    (self.stand(mention, frame) == stand).then_some(who)
                });
                persons = concerned.collect();
            }
        }
        if persons.is_empty() && is_personal(step) {
            let own = self.named().filter(|m| self.stand(m, frame) == Stand::Own);
            let holders = own.filter_map(|mention| self.office_holder(mention));
            let class = |person: usize| self.compiled.definitions.persons[person].class;
            let wanted = holders.filter(|person| class(*person) != PersonClass::Officer);
            persons = wanted.map(Who::Known).collect();
        }
        if persons.is_empty() && decides_on_people(step) {
            let written = self.written_names(self.mentions[frame.trigger].from);
            persons = written.into_iter().map(Who::Unlisted).collect();
        }
        if matches!(step.kind, Kind::Ruling | Kind::Warrant) {
            persons = self.with_companions(persons);
        }
        if step.action == Action::NotArrested {
            // Who welcomes the guest is not concerned.
            let wanted = |who: &Who| self.class_of(who) == Some(PersonClass::Suspect);
            if persons.iter().any(wanted) {
                persons.retain(wanted);
            }
        }
        if matches!(step.action, Action::RetaliatoryCase | Action::Sanctions) {
            let officer = |who: &Who| self.class_of(who) == Some(PersonClass::Officer);
            let named = self.named().filter_map(|mention| self.bystander(mention, step));
            persons.extend(named.filter(officer));
        }
        // An officer alone would make all that he or she seeks one step.
        let sought = step.action == Action::Sought;
        if sought && !persons.is_empty() {
            persons.extend(self.acting_officer(frame));
        }
        if may_be_announced(step) && !(sought && persons.is_empty()) {
            persons.extend(self.announcer().filter(|who| self.announces(who, step)));
        }
        persons
    }

    /// What a known person is.
    fn class_of(&self, who: &Who) -> Option<PersonClass> {
        match who {
            Who::Known(person) => Some(self.compiled.definitions.persons[*person].class),
            Who::Unlisted(_) => None,
        }
    }

    /// The known suspects whom the lead calls companions of one of the persons: `A and his ally B are
    /// free`. Whoever is only named beside them may be anybody.
    fn with_companions(&self, mut persons: Vec<Who>) -> Vec<Who> {
        let lead = self.clauses.sentences.iter().find(|sentence| sentence.field == Field::Text);
        if let Some(lead) = lead.filter(|_| !persons.is_empty()) {
            let mut first = lead.from..lead.to.min(lead.from + COMPANIONS);
            if !first.any(|at| self.tokens.is(at, Traits::BESIDE)) {
                return persons;
            }
            let mut named = Vec::new();
            self.read_list(lead.from, &mut named);
            if named.iter().any(|who| persons.contains(who)) {
                let known = |who: &Who| self.class_of(who) == Some(PersonClass::Suspect);
                persons.extend(named.into_iter().filter(known));
            }
        }
        persons
    }

    /// Who says something in the first words of the lead.
    fn announcer(&self) -> Option<Who> {
        let lead = self.clauses.sentences.iter().find(|sentence| sentence.field == Field::Text)?;
        let near = lead.from..lead.to.min(lead.from + ANNOUNCER);
        let says = near.into_iter().find(|&at| self.speaks(at))?;
        self.person_ending(says).map(|(who, _)| who)
    }

    /// Whether such a step is the announcer's own: a prosecutor's request, a government's promise.
    fn announces(&self, who: &Who, step: Step) -> bool {
        match step.action {
            Action::Sought | Action::Discontinued => {
                self.class_of(who) == Some(PersonClass::Officer)
            }
            Action::Refused | Action::Cooperated => {
                self.class_of(who).is_none_or(|class| class == PersonClass::Official)
            }
            _ => false,
        }
    }

    /// The officer of a court who acts, where he or she is named.
    fn acting_officer(&self, frame: &Frame) -> Option<Who> {
        let clause = self.clauses.of[self.mentions[frame.trigger].from];
        let officer = |mention: &Mention| match self.compiled.lexicon.what(mention) {
            What::Person(person)
                if self.compiled.definitions.persons[person].class == PersonClass::Officer =>
            {
                Some(Who::Known(person))
            }
            _ => None,
        };
        let before = self.mentions[..frame.trigger].iter().rev();
        let mut own = before.filter(|mention| self.clauses.of[mention.from] == clause);
        own.find_map(officer)
    }

    /// A person who is concerned without being aimed at by name.
    fn bystander(&self, mention: &Mention, step: Step) -> Option<Who> {
        let What::Person(index) = self.compiled.lexicon.what(mention) else { return None };
        // Who comments on what others decide is not concerned; who announces is.
        let decided = is_personal(step)
            || matches!(step.kind, Kind::Ruling | Kind::Resolution | Kind::Pressure)
            || step.action == Action::InvestigationOpened;
        let beside =
            self.stands_beside(mention.from, mention.to) || decided && self.speaks(mention.to);
        let concerned = match self.compiled.definitions.persons[index].class {
            PersonClass::Suspect => step.action != Action::Sanctions && !beside,
            // A judge of the court that rules only reads it out.
            PersonClass::Officer => !(is_personal(step) || rules_between_states(step)),
            PersonClass::Official => step.kind != Kind::Warrant && !beside,
        };
        concerned.then_some(Who::Known(index))
    }

    /// Whether whoever was just named says something: `…, the minister says`.
    fn speaks(&self, at: usize) -> bool {
        self.tokens.is(at, Traits::SAYS)
    }
}

/// Whether a court so decides on what states do.
fn rules_between_states(step: Step) -> bool {
    use Action as A;
    matches!(
        step.action,
        A::Judgment
            | A::AdvisoryOpinion
            | A::Jurisdiction
            | A::ProvisionalMeasures
            | A::ProvisionalMeasuresRejected
    )
}

/// Whether a court decides so on what was done to somebody, who may be named.
fn decides_on_people(step: Step) -> bool {
    matches!(step.action, Action::Judgment | Action::ProvisionalMeasures | Action::Reparations)
}

/// Whether such a step is somebody's who tells of it: a prosecutor's request, a government's
/// promise.
fn may_be_announced(step: Step) -> bool {
    use Action as A;
    matches!(step.action, A::Sought | A::Discontinued | A::Refused | A::Cooperated)
}
