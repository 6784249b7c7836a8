//! How well a development is established, in words and as a colour.

use crate::model::{Development, Status, TellKind};

use super::names::Names;

/// The status in words; colour alone would leave readers out.
pub(super) fn words(development: &Development, names: &Names) -> String {
    match development.status {
        Status::Reported | Status::Corroborated => short(development),
        Status::Confirmed => confirmed(development, names),
        Status::Disputed => "Disputed: denied or corrected by one of its sources".to_owned(),
        Status::Retracted => "Retracted: taken back by its source".to_owned(),
    }
}

/// The status in a word or two, for one line of many.
pub(super) fn short(development: &Development) -> String {
    match development.status {
        Status::Reported | Status::Corroborated => match development.owners() {
            0 | 1 => "Reported by one source".to_owned(),
            many => format!("Reported by {many} independent sources"),
        },
        Status::Confirmed => "Confirmed".to_owned(),
        Status::Disputed => "Disputed".to_owned(),
        Status::Retracted => "Retracted".to_owned(),
    }
}

fn confirmed(development: &Development, names: &Names) -> String {
    let voices = || development.reports.iter().filter_map(|report| report.voice.as_ref());
    match (voices().find(|voice| Some(*voice) == development.body.as_ref()), voices().next()) {
        (Some(body), _) => format!("Confirmed by {} itself", names.body(body)),
        (None, Some(voice)) => format!("Confirmed by {}", names.body(voice)),
        (None, None) => "Officially confirmed".to_owned(),
    }
}

/// What stands before the sentence when a change of status is told.
pub(super) fn change(kind: TellKind, status: Status) -> Option<&'static str> {
    match (kind, status) {
        (TellKind::New | TellKind::Grown, _) => None,
        (TellKind::Update, Status::Reported) => Some("Update"),
        (TellKind::Update, Status::Corroborated) => Some("Now reported by others too"),
        (TellKind::Update, Status::Confirmed) => Some("Now confirmed"),
        (TellKind::Update, Status::Disputed) => Some("Now disputed"),
        (TellKind::Update, Status::Retracted) => Some("Now retracted"),
    }
}

/// The colour of the embed's edge, 0xRRGGBB: apart in lightness too, for those who see few colours.
pub(super) fn colour(status: Status) -> u32 {
    match status {
        Status::Reported => 0x8A_94_9E,
        Status::Corroborated => 0x2F_6F_B5,
        Status::Confirmed => 0x1B_5E_3B,
        Status::Disputed => 0xE0_A0_30,
        Status::Retracted => 0xB0_30_30,
    }
}
