#include "people/kept_files.h"

#include <boost/json.hpp>

#include "kernel/metrics/log.h"

namespace polder::people {
namespace {

jobs::Outcome remove(House& house, const jobs::Job& job) {
  const auto payload = boost::json::parse(job.payload);
  const std::string_view file = payload.at("file").as_string();
  // Whoever named it again since then keeps it.
  if (house.database.read([&](storage::ReadTx& tx) { return is_named(house, tx, file); })) return {};
  const auto gone = house.files.remove(file);
  return gone ? jobs::Outcome{} : jobs::Outcome::retry(gone.error().cause);
}

void sweep(House& house) {
  const auto known = [&](std::string_view id) {
    return house.database.read([&](storage::ReadTx& tx) { return is_named(house, tx, id); });
  };
  const auto swept = house.files.sweep(known, house.clock.now() - files::unclaimed_life_ms);
  if (swept > 0) log::info("files.swept", {{"files", std::int64_t(swept)}});
}

}  // namespace

bool is_named(const House& house, storage::ReadTx& tx, std::string_view id) {
  return std::ranges::any_of(house.knows_file, [&](const auto& knows) { return knows(tx, id); });
}

void remove_file_later(House& house, storage::WriteTx& tx, std::string_view id) {
  house.queue.enqueue(tx, "files.remove", boost::json::serialize(boost::json::object{{"file", id}}), house.clock.now());
}

void add_kept_files(House& house) {
  house.job_handlers.push_back({"files.remove", [&house](const jobs::Job& job) { return remove(house, job); }});
  house.recurring.push_back({"files.sweep", day_ms, [&house](const jobs::Lease&) { sweep(house); }});
}

}  // namespace polder::people
