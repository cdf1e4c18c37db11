//! `appetite` and `agent_hour`: what losses are borne.

use crate::diagnostic::{Diagnostic, quoted};
use crate::place::Place;
use crate::plan::{Appetite, Lost};
use crate::read::quantity::{chance, lost, price};
use crate::read::{Fault, Fields, Parsed};
use crate::units::Money;
use crate::yaml::{Node, Value};

use super::context::Cx;

impl<'a> Cx<'a> {
    pub(super) fn agent_hour(&self, top: &Fields<'a>) -> Option<Money> {
        let price = top.parse("agent_hour", worth)?;
        self.in_own_currency(&price.currency, top.node("agent_hour")?.place);
        Some(price.money)
    }

    pub(super) fn appetite(&self, top: &Fields<'a>) -> Vec<Appetite> {
        let Some(node) = top.certain_node("appetite") else { return Vec::new() };
        let Value::Seq(items) = &node.value else {
            self.issues.wrong_shape("a list of losses", node);
            return Vec::new();
        };
        let has_price = top.key_place("agent_hour").is_some();
        items.iter().filter_map(|item| self.borne(item, has_price)).collect()
    }

    fn borne(&self, node: &'a Node, has_price: bool) -> Option<Appetite> {
        let f = Fields::of(self.issues, "this appetite", node.place, node)?;
        let lost = f.need_parse("lost", lost);
        let yearly = f.need_parse("yearly", chance);
        if let (Some((Lost::Money(_), Some(currency))), Some(node)) = (&lost, f.node("lost")) {
            self.in_own_currency(currency, node.place);
            if !has_price {
                let message = "a loss in money needs `agent_hour`";
                let help = format!(
                    "write what an hour of an agent's work is worth at the top of the plan: \
                     `agent_hour: 45 {currency}`"
                );
                let error = Diagnostic::error("missing-key", message, node.place).help(help);
                self.issues.push(error);
            }
        }
        f.finish();
        Some(Appetite { place: node.place, lost: lost?.0, yearly: yearly? })
    }

    /// All money of a plan is in its `currency`.
    fn in_own_currency(&self, currency: &str, place: Place) {
        let Some(own) = self.tree.get("currency") else {
            let message = "there is money in the plan, and no `currency`";
            let help = format!("write `currency: {currency}` at the top of the plan");
            self.issues.push(Diagnostic::error("wrong-currency", message, place).help(help));
            return;
        };
        // What is no currency has been told.
        let Some(text) = own.text().filter(|text| super::currency(text).is_ok()) else { return };
        if text == currency {
            return;
        }
        let message = format!("{} is not the plan's currency", quoted(currency));
        let error = Diagnostic::error("wrong-currency", message, place);
        let help = "rates of exchange are not known: write all money in one currency";
        self.issues.push(error.related(own.place, "the plan's currency").help(help));
    }
}

/// Parses `agent_hour`: money, and not none.
fn worth(text: &str) -> Parsed<crate::read::quantity::Price> {
    let price = price(text)?;
    if price.money == Money(0) {
        let message = "an agent's hour that is worth nothing prices no loss";
        return Err(Fault::with_help(message, "write its worth, or leave it out"));
    }
    Ok(price)
}
