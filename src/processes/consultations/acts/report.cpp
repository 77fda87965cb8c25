// consultations.report: "you said, we did". The decision that ends a consultation; it may be corrected afterwards.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct Report {
  static constexpr std::string_view name = "consultations.report";
  Id consultation;
  fields::Text<50'000> words;
};
BOOST_DESCRIBE_STRUCT(Report, (), (consultation, words))

namespace {

Result<Effect> apply(House& house, Doing& doing, const Report& act, const Consultation& c) {
  store::set_report(doing.tx, c.id, act.words.value, doing.now);
  // Everybody who took part is told once, of the first report.
  if (!c.report) follow(house, doing, "consultations.tell-report", "consultation", c.id);
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{.made = c.id, .location = "consultations/" + c.slug + "/report"};
}

}  // namespace

void add_report(House& house) { house.acts.add(declare_on<Report>(house, {"closed", "answered"}, apply)); }

}  // namespace polder::consultations
