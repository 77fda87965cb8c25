// people.retire: time erases an account that nobody used for as long as the server's charter keeps one. Its owner was
// told a month before; whoever signs in meanwhile stays.
#include "people/acts/acts.h"
#include "people/erasure.h"
#include "people/housekeeping.h"

namespace polder::people {

struct Retire {
  static constexpr std::string_view name = "people.retire";
  Id person;
};
BOOST_DESCRIBE_STRUCT(Retire, (), (person))

namespace {

Result<Effect> apply(House& house, Doing& doing, const Retire& act) {
  const auto person = find_person(doing.tx, act.person);
  if (!person || !store::may_retire(doing.tx, act.person, doing.now - notice_ms))
    return refuse(Why::conflict, {"people.still-here"});
  erase_person(house, doing, *person);
  return Effect{.visibility = Visibility::hidden, .location = "", .forgets = true};
}

}  // namespace

void add_retire(House& house) { house.acts.add(record::declare<Retire>(house, {}, account<Retire>, apply)); }

}  // namespace polder::people
