#include "processes/challenges/entry_files.h"

#include "formats/archive/inspect.h"
#include "people/person.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

namespace json = boost::json;

namespace {

/// More than any statement allows: the route's own end (model.h: files, file_megabytes).
constexpr std::size_t most_files = 20;
constexpr std::uint64_t largest_file = std::uint64_t(5'000) << 20;

/// What this team may still send: nothing for whoever is not in it, as if the entry were not there.
Result<web::Takes> admit(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<web::Takes> {
    const auto r = room(visit, tx);
    const auto id = parse_id(visit.params["entry"]);
    const auto e = r && id ? store::entry(tx, *id) : std::nullopt;
    if (!e || e->challenge != r->whole.c.id || e->team != r->team.id)
      return refuse(Why::not_found, {"challenges.no-such-entry"});
    const auto decision = visit.may("challenges.attach", fields::word_of(r->whole.phase));
    if (!decision.allowed) return refuse(Why::forbidden, decision.reason.value_or(Message{"challenges.no-such-entry"}));
    std::size_t drafted = 0;
    for (const FileRow& f : store::files(tx, e->id)) drafted += f.draft ? 1 : 0;
    const auto& s = r->whole.statement;
    if (drafted >= std::size_t(s.files.value))
      return refuse(Why::conflict, {"challenges.no-more-files", {{"most", s.files.value}}});
    return web::Takes{
        .files = std::size_t(s.files.value) - drafted, .each = file_limit(s), .kinds = files::extensions()};
  });
}

/// Archives, office files among them, are opened once as whoever unpacks them would: a judge's computer is not where a
/// bomb goes off.
Done harmless(const web::ReceivedFile& file) {
  const bool zipped = file.kind.mime == "application/zip" || file.kind.mime.starts_with("application/vnd.");
  if (!zipped) return {};
  auto contents = archive::inspect_zip_file(file.content.path());
  if (contents) return {};
  return std::unexpected(std::move(contents).error());
}

Result<record::Recorded> attach_one(Visit& visit, const Taking& taking, web::ReceivedFile& file,
                                    const std::string& key) {
  CHECK_DONE(harmless(file));
  TRY(const auto stored, visit.house.files.keep(std::move(file.content)));
  json::object fields = taking.fields;
  fields["ticket"] = visit.house.files.ticket(stored, file.name);
  auto done = visit.perform(taking.act, fields, key);
  // What nothing took is not kept for a day on the disk.
  if (!done) (void)visit.house.files.remove(stored.id);
  return done;
}

/// The form's key and the file's name and content: what comes twice is taken once, and another file sent with a form
/// that was sent before is another.
std::string key_of(const std::string& form, web::ReceivedFile& file) {
  if (form.empty()) return {};
  crypto::Sha256 sum;
  sum.add(crypto::view(file.content.sha256())).add(file.name);
  const auto hash = sum.end();
  return form + '-' + hex(crypto::view(hash)).substr(0, 32);
}

Taking into_entry(const Visit& visit, Id challenge) {
  return {.act = "challenges.attach",
          .fields = {{"challenge", str(challenge)}, {"entry", std::string(visit.params["entry"])}}};
}

http::Response put_file(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return visit.json_refusal({.why = Why::not_found, .message = {"challenges.not-found"}});
  return take_put(visit, into_entry(visit, whole->c.id));
}

}  // namespace

Refusal take_received(Visit& visit, const Taking& taking) {
  Refusal faults{.why = Why::invalid, .message = {"fields.summary"}};
  const auto sent = visit.sent();
  if (!sent) {
    faults.fields.push_back({"file", sent.error().message});
    return faults;
  }
  faults.fields = visit.received->faults;
  if (visit.received->files.empty() && faults.fields.empty())
    faults.fields.push_back({"file", {"challenges.no-file-came"}});
  for (auto& file : visit.received->files)
    if (const auto done = attach_one(visit, taking, file, key_of(sent->key, file)); !done) {
      const auto& no = done.error();
      if (no.message.key == "record.key-used") continue;  // sent twice, taken once
      if (no.fields.empty() || no.fields.front().field == "ticket")
        faults.fields.push_back({"file", no.fields.empty() ? no.message : no.fields.front().message});
      else
        faults.fields.push_back(no.fields.front());
    }
  return faults;
}

http::Response take_put(Visit& visit, const Taking& taking) {
  if (const auto fine = visit.received->whole(); !fine) return visit.json_refusal(fine.error());
  if (visit.received->files.empty())
    return visit.json_refusal({.why = Why::invalid, .message = {"challenges.no-file-came"}});
  auto& file = visit.received->files.front();
  const std::string name = file.name;
  const auto size = std::int64_t(file.content.size());
  const std::string sum = hex(crypto::view(file.content.sha256()));
  const auto done = attach_one(visit, taking, file, {});
  if (!done) return visit.json_refusal(done.error());
  return visit.json(201, json::object{{"file", str(done->made)}, {"name", name}, {"size", size}, {"sha256", sum}});
}

Refusal attach_received(Visit& visit) {
  const auto whole = here(visit);
  return take_received(visit, into_entry(visit, whole ? whole->c.id : Id{}));
}

void add_file_routes(House& house, http::Response (*take)(Visit&)) {
  const auto route = [&](http::Method method, std::string pattern, web::Door door, http::Response (*handle)(Visit&)) {
    house.routes.add(
        {.method = method,
         .pattern = std::move(pattern),
         .door = door,
         .keep = web::Keep::nothing,
         .body_limit = 0,
         .handle = handle,
         .upload = web::Upload<Visit>{
             .takes = {.files = most_files, .each = largest_file, .kinds = files::extensions()}, .admit = admit}});
  };
  const std::string entry = "/{platform}/challenges/{slug}/entries/{entry}/files";
  route(http::Method::post, entry, web::Door::signed_in, take);
  route(http::Method::put, "/api/v1/platforms" + entry, web::Door::token, put_file);
}

}  // namespace polder::challenges
