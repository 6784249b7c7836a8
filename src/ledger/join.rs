//! Two developments that a later report shows to be one.

use super::{
    Ledger,
    developments::Developments,
    grow::{add, take_over},
    moves::days_between,
    slots::{Agreement, Slots, agreement},
};
use crate::model::DevelopmentId;

impl Ledger {
    /// Joins to the best match every other development that this finding shows to be one with it.
    /// The older one stays and the newer one's id becomes another name of it.
    pub(super) fn join(
        &mut self,
        slots: &Slots,
        best: DevelopmentId,
        same: &[(DevelopmentId, Agreement)],
    ) -> DevelopmentId {
        let mut keep = best;
        for (other, agreement) in same {
            if *other == keep || !agreement.is_strong() || !self.are_one(slots, &keep, other) {
                continue;
            }
            let (older, newer) = in_order(&self.developments, &keep, other);
            if let Some(joined) = self.developments.join(&newer, &older)
                && let Some(mut development) = self.developments.get(&older).cloned()
            {
                take_over(&mut development, joined);
                self.developments.put(development);
            }
            keep = older;
        }
        keep
    }

    /// Whether two developments are one, now that `slots` are known of both.
    fn are_one(&self, slots: &Slots, one: &DevelopmentId, other: &DevelopmentId) -> bool {
        let (Some(one), Some(other)) = (self.developments.get(one), self.developments.get(other))
        else {
            return false;
        };
        if days_between(one.date, other.date)
            > self.moves.window(one.step).min(self.moves.window(other.step))
        {
            return false;
        }
        let mut filled = Slots::from(one);
        filled.case = filled.case.or_else(|| slots.case.clone());
        filled.body = filled.body.or_else(|| slots.body.clone());
        add(&mut filled.states, &slots.states);
        add(&mut filled.surnames, &slots.surnames);
        agreement(&filled, &Slots::from(other)).is_strong()
    }
}

fn in_order(
    developments: &Developments,
    one: &DevelopmentId,
    other: &DevelopmentId,
) -> (DevelopmentId, DevelopmentId) {
    let age = |id: &DevelopmentId| (developments.get(id).map(|it| it.first_reported), id.clone());
    if age(one) <= age(other) { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
}
