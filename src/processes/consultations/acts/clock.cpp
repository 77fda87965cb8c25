// consultations.open and consultations.close: time acts, and its acts are in the record like everybody's.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct Open {
  static constexpr std::string_view name = "consultations.open";
  Id consultation;
};
BOOST_DESCRIBE_STRUCT(Open, (), (consultation))

struct Close {
  static constexpr std::string_view name = "consultations.close";
  Id consultation;
};
BOOST_DESCRIBE_STRUCT(Close, (), (consultation))

namespace {

/// The clock acts on the phase that is stored: it is what makes the stored one follow the moment.
Subject as_stored(const Consultation& c, Time) {
  return {"consultations/" + c.slug, fields::word_of(c.phase), c.phase == Phase::draft};
}

Result<Effect> turn(Doing& doing, const Consultation& c, bool due, Phase to) {
  if (!due) return refuse(Why::conflict, {"consultations.not-yet"});
  store::set_phase(doing.tx, c.id, to);
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{.made = c.id, .location = "consultations/" + c.slug};
}

Result<Effect> open(House&, Doing& doing, const Open&, const Consultation& c) {
  return turn(doing, c, doing.now >= c.opens_at, Phase::open);
}

Result<Effect> close(House&, Doing& doing, const Close&, const Consultation& c) {
  return turn(doing, c, doing.now >= c.closes_at, Phase::closed);
}

}  // namespace

void add_clock(House& house) {
  house.acts.add(declare_on<Open>(house, {"announced"}, open, as_stored));
  house.acts.add(declare_on<Close>(house, {"open"}, close, as_stored));
}

}  // namespace polder::consultations
