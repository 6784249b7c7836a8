//! The short id of a development, derived from what was first known of it.

use jiff::civil::Date;

use super::slots::Slots;
use crate::model::DevelopmentId;

/// Crockford's base 32: no I, L, O or U, so that an id can be read aloud and typed.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SHORTEST: usize = 5;
const LONGEST: usize = 24;

/// The shortest id of at least five characters that is not taken by another development.
pub(super) fn development_id(
    slots: &Slots,
    date: Date,
    taken: impl Fn(&DevelopmentId) -> bool,
) -> DevelopmentId {
    let text = digits(slots, date);
    (SHORTEST..LONGEST)
        .map(|length| DevelopmentId::from(&text[..length]))
        .find(|id| !taken(id))
        .unwrap_or_else(|| DevelopmentId::from(text))
}

fn digits(slots: &Slots, date: Date) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(&slots.step.to_string());
    part(slots.body.as_ref().map_or("", |body| body.as_str()));
    if let Some(case) = &slots.case {
        part(case.as_str());
    } else {
        slots.states.iter().for_each(|state| part(state.as_str()));
        slots.surnames.iter().for_each(|surname| part(surname));
    }
    part(&date.to_string());
    let hash = hasher.finalize();
    let bits = hash.as_bytes().iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.take(LONGEST * 5).collect();
    let digit = |five: &[u8]| five.iter().fold(0, |value, bit| value << 1 | usize::from(*bit));
    bits.chunks_exact(5).map(|five| char::from(DIGITS[digit(five)])).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::Step;

    fn slots(states: &[&str]) -> Slots {
        Slots {
            step: Step::parse("ruling.order").unwrap(),
            body: Some("ICJ".into()),
            case: None,
            states: states.iter().map(|s| crate::model::StateCode::parse(s).unwrap()).collect(),
            surnames: vec![],
        }
    }

    #[test]
    fn five_readable_characters_that_stay_the_same() {
        let id = development_id(&slots(&["AAA"]), date(2024, 1, 26), |_| false);
        assert_eq!(id.as_str(), "HDW3N");
        assert!(id.as_str().bytes().all(|byte| DIGITS.contains(&byte)));
    }

    #[test]
    fn another_day_or_state_is_another_id() {
        let id = |states, day| development_id(&slots(states), date(2024, 1, day), |_| false);
        assert_ne!(id(&["AAA"], 26), id(&["AAA"], 27));
        assert_ne!(id(&["AAA"], 26), id(&["BBB"], 26));
    }

    #[test]
    fn a_taken_id_is_lengthened() {
        let short = development_id(&slots(&["AAA"]), date(2024, 1, 26), |_| false);
        let long = development_id(&slots(&["AAA"]), date(2024, 1, 26), |id| *id == short);
        assert_eq!(long.as_str().len(), 6);
        assert!(long.as_str().starts_with(short.as_str()));
    }
}
