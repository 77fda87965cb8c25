// consultations.publish: from here on it is everybody's to see, and its minimum length is held.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct Publish {
  static constexpr std::string_view name = "consultations.publish";
  Id consultation;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (consultation))

namespace {

/// From this act on its name is everybody's, in the record too.
Subject by_name(const Consultation& c, Time now) {
  Subject subject = subject_of(c, now);
  subject.path = "consultations/" + c.slug;
  return subject;
}

Result<Effect> apply(House& house, Doing& doing, const Publish&, const Consultation& c) {
  const auto platform = house.platforms.list()->by_id(doing.platform);
  const auto weeks = platform->charter.number("consultations", "minimum_weeks");
  CHECK_DONE(check_period({c.opens_at, c.closes_at}, doing.now, weeks, platform->zone));
  store::set_published(doing.tx, c.id, doing.now);
  // The clock opens it when its moment has come; one that is to be open already opens with the next tick.
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{.made = c.id, .location = "consultations/" + c.slug};
}

}  // namespace

void add_publish(House& house) { house.acts.add(declare_on<Publish>(house, {"draft"}, apply, by_name)); }

}  // namespace polder::consultations
