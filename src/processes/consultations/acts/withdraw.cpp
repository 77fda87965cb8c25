// consultations.withdraw-response: its author takes a response back, until it has been answered.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct Withdraw {
  static constexpr std::string_view name = "consultations.withdraw-response";
  Id response;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), (response))

namespace {

Result<Subject> find(House& house, storage::ReadTx& tx, Id platform, const Withdraw& act) {
  const auto r = store::response(tx, act.response);
  if (!r) return refuse(Why::not_found, {"consultations.no-response"});
  TRY(const Consultation c, consultation_here(tx, platform, r->consultation));
  return subject_of(c, house.clock.now());
}

Result<Effect> apply(House&, Doing& doing, const Withdraw& act) {
  const auto r = store::response(doing.tx, act.response);
  // Somebody else's response, or one that is gone: for who asks there is none.
  if (!r || !doing.actor.person || r->person != doing.actor.person || r->state == State::withdrawn)
    return refuse(Why::not_found, {"consultations.no-response"});
  if (r->answers > 0) return refuse(Why::conflict, {"consultations.answered-already"});
  put_state(doing, *r, State::withdrawn);
  const Consultation c = consultation_of(doing.tx, r->consultation);
  return Effect{.visibility = record::Visibility::parties, .made = r->id, .location = "consultations/" + c.slug};
}

}  // namespace

void add_withdraw(House& house) { house.acts.add(record::declare<Withdraw>(house, {"open", "closed"}, find, apply)); }

}  // namespace polder::consultations
