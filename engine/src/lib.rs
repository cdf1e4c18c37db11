//! From a plan to a verdict: which agents keep working when something breaks.
//!
//! # The way through the house
//!
//! 1. [`graph`]: plan → [`graph::ServiceGraph`]. One petgraph of every
//!    component; `needs` and `carries`. Knows no rule.
//! 2. `routes`: graph → postures, legs, paths. Walks from each machine to each
//!    destination under the guide's rules; every rule is a guard on the hop
//!    where it applies ([`rules`] says where). Whatever a rule refuses is kept
//!    with its reason; whatever a change would open carries the change.
//! 3. [`compile`](fn@compile): paths → [`Problem`]. Cohorts × ways, one gate network
//!    ([`gates`]), dense resources. Immutable, `Send + Sync`; errors of the
//!    plan end before.
//! 4. [`assess`](fn@assess): [`Problem`] + [`State`] + allocation held → [`Outcome`]. A
//!    pure function; everything below only calls it.
//! 5. [`run`]: a scenario's moments, four figures each, verdicts.
//! 6. [`unknown`]: the same for every value that unknown facts may have.
//! 7. [`explain`]: the inverse of compile, for one group at one moment.
//! 8. [`check`]: findings on the plan as written, with nothing failed.
//! 9. [`contingency`](mod@contingency): every set of [`failures`] up to an order, on [`assess::bulk`].
//! 10. [`risk`]: the same by chance, at a moment and over years.
//!
//! # Guarantees
//!
//! Each is a test; the names are those of `tests/truth` and, of determinism, of
//! `cli/tests`.
//!
//! - **Truth.** On random small plans in every failure state the engine finds
//!   exactly the live ways that an independent naive reference finds. In the
//!   figures of the order (agents counted towards objectives, by class, all) its
//!   directed allocation is never above the reference's optimum, found by trying
//!   all, and below by at most the reported gap, which is nought for up to 30
//!   agents (`reference::engine_and_reference_agree_on_random_plans`,
//!   `reference::engine_and_reference_agree_on_larger_groups`).
//! - **Conservation.** Every agent on shift is in exactly one disposition
//!   (`invariants::dispositions_sum_to_those_on_shift`).
//! - **Capacity.** What refuses is never overloaded; directed, nothing is
//!   (`invariants::what_refuses_is_never_overloaded`).
//! - **Coherence.** A further failure never makes an objective attainable
//!   (`invariants::a_further_failure_never_mends_attainability`). The *vector* is
//!   agents counted towards the objectives by priority of the queue, trunks taken
//!   to block the most that they may, then agents by class, then all, compared
//!   lexicographically. Where every route is steered, a further failure never
//!   raises and a change that adds never lowers the directed vector
//!   (`invariants::a_further_failure_never_raises_the_steered_vector`,
//!   `invariants::a_change_that_adds_never_lowers_the_steered_vector`). Less
//!   capacity, of one thing or of all, never raises it and more of one never lowers
//!   it (`invariants::less_capacity_never_raises_the_directed_vector`,
//!   `invariants::more_capacity_never_lowers_the_directed_vector`); a policy never
//!   raises it (`invariants::a_policy_never_raises_the_directed_vector`); wider
//!   scopes and direction never lower it
//!   (`invariants::wider_scopes_never_lower_the_directed_vector`,
//!   `invariants::direction_never_lowers_the_vector`). All up to the gap. Not
//!   guaranteed, because false: that a failure never raises a *total* (it may
//!   free a scarce circuit), nor that it never opens a way (what is fixed by
//!   configuration may stick to something that is up and refused).
//! - **Reach.** Of those whose ways hang on a change that has reached some, no more
//!   work by it than these
//!   (`reach::as_many_work_by_a_change_as_it_has_reached`).
//! - **Many states are each by itself.** What bulk work says of a set of failures is
//!   what its state comes to when it is assessed alone, up to the gap
//!   (`bulk::sets_of_random_plans_do_together_what_each_does_alone`).
//! - **Chance.** The exact part of a chance is the sum over all states, and the truth
//!   lies within what is called certain (`risk::random_plans_are_what_their_states_are_one_by_one`);
//!   closed forms hold (`risk`, `years`). A plan against itself differs by nothing, and two
//!   plans as their states do one by one
//!   (`against::random_plans_differ_as_their_states_do_one_by_one`).
//! - **Names do not matter.** Neither the names of anything in the plan nor the
//!   order of anything that is not taken *in file order* changes the directed
//!   vector, up to the gap (`names::no_name_changes_a_count_of_a_class`,
//!   `names::no_order_changes_a_count_of_a_class`).
//! - **Determinism.** Same plan, scenario and version: same bytes, on any number
//!   of threads (`determinism::any_number_of_threads_gives_the_same_bytes`),
//!   whatever the environment and the folder
//!   (`determinism::any_environment_and_folder_give_the_same_bytes`,
//!   `determinism::no_folder_is_named`), with and without a terminal
//!   (`determinism::a_terminal_adds_colours_and_nothing_else`). No clock,
//!   environment or hash order decides anything; the solver is bounded by nodes,
//!   never by time.
//!
//! # What this does not model
//!
//! Queues and customers' calls (INB-01, INB-04), changes over time, voice quality.

pub mod assess;
#[doc(hidden)] // for `benches`; nothing outside of the engine stands on it
pub mod chance;
pub mod check;
pub mod compile;
pub mod contingency;
pub mod explain;
pub mod failures;
pub mod gates;
pub mod graph;
pub mod input;
pub mod outcome;
pub mod problem;
pub mod progress;
pub mod risk;
mod routes;
pub mod rules;
pub mod run;
pub mod state;
pub mod unknown;
pub use assess::{Scope, Steering, assess};
pub use compile::compile;
pub use outcome::{Disposition, Outcome};
pub use problem::Problem;
pub use progress::{Observer, Stage};
pub use routes::path::ResourceKey;
pub use routes::posture::PostureKey;
pub use routes::refusal::{PacSays, PacWords, Refusal, RuleId};
pub use state::{Held, State};
