#include "record/acts.h"

#include "record/leaf.h"
#include "record/lines.h"
#include "record/log.h"
#include "record/store.h"

namespace polder::record {
namespace {

/// Whose key it is belongs to the key: two people who choose the same one do not meet. A visitor has nothing of their
/// own but what they say, so that belongs to theirs: with other words it is somebody else's, or another act.
std::string key_digest(Id platform, const Actor& actor, std::string_view act, std::string_view key,
                       std::string_view content) {
  std::string whole = str(platform) + '\n' + std::to_string(int(actor.kind)) + str(actor.person) + '\n' +
                      std::string(act) + '\n' + std::string(key);
  if (actor.kind == Actor::Kind::visitor) whole += '\n' + std::string(content);
  return crypto::bytes_of(crypto::sha256(whole));
}

constexpr std::size_t longest_key = 200;

}  // namespace

std::string format(const Renewal& renewal) {
  std::string out = str(renewal.platform) + '\n';
  for (const auto& subject : renewal.subjects) out += subject + '\n';
  if (out.size() > storage::longest_announcement) return format(Renewal{renewal.platform, {"*"}});
  return out;
}

std::optional<Renewal> read_renewal(std::string_view words) {
  Lines lines(words);
  const auto platform = parse_id(lines.next().value_or(""));
  if (!platform) return std::nullopt;
  Renewal out{*platform};
  while (const auto subject = lines.next()) out.subjects.emplace_back(*subject);
  return out;
}

void Acts::add(ActKind kind) {
  std::string name = kind.name;
  kinds_.emplace(std::move(name), std::move(kind));
}

const ActKind* Acts::find(std::string_view name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : &found->second;
}

Result<Ready> Acts::read(const Call& call) const {
  const ActKind* kind = find(call.name);
  if (kind == nullptr) return refuse(Why::not_found, {"record.no-such-act"});
  if (call.idempotency_key.size() > longest_key) return refuse(Why::invalid, {"record.key-too-long"});
  TRY(Ready ready, kind->read(call.fields));
  if (!ready.prepare) return ready;
  TRY(const bool is_new, means_.database.read([&](storage::ReadTx& tx) -> Result<bool> {
    const auto& key = call.idempotency_key;
    if (!key.empty() && store::act_by_key(tx, key_digest(call.platform, call.actor, call.name, key, ready.content)))
      return false;
    CHECK_DONE(admit(tx, call.platform, call.actor, call.name, ready));
    return true;
  }));
  if (is_new) CHECK_DONE(ready.prepare());
  return ready;
}

Result<Recorded> Acts::perform(const Call& call) {
  TRY(const Ready ready, read(call));
  return means_.database.write([&](storage::WriteTx& tx) {
    return perform_in(tx, call.platform, call.actor, call.name, ready, call.idempotency_key);
  });
}

Done Acts::rehearse(const Call& call) {
  TRY(const Ready ready, read(call));
  std::optional<Refusal> refused;
  // What the closure answers is always a refusal, so that the transaction keeps nothing.
  (void)means_.database.write([&](storage::WriteTx& tx) -> Result<Recorded> {
    auto done = perform_in(tx, call.platform, call.actor, call.name, ready, {});
    refused = done ? std::nullopt : std::optional(std::move(done).error());
    return refuse(Why::conflict, {});
  });
  return refused ? Done(std::unexpected(*std::move(refused))) : Done{};
}

Result<Acts::Admitted> Acts::admit(storage::ReadTx& tx, Id platform, const Actor& actor, const std::string& name,
                                   const Ready& ready) const {
  TRY(Subject subject, ready.find(tx, platform));
  auto role = means_.gate(tx, platform, actor, name, subject.phase);
  if (!role) {
    // Who may not act on a secret subject learns nothing of it, not even that it is there.
    if (subject.secret) return refuse(Why::not_found, {"record.not-found"});
    return std::unexpected(std::move(role).error());
  }

  // What no charter may change and nobody may pass by, not even at the console: an act belongs to certain phases.
  const auto& phases = find(name)->phases;
  if (!phases.empty() && std::ranges::find(phases, subject.phase) == phases.end())
    return refuse(Why::conflict, {"record.not-in-this-phase"});
  return Admitted{std::move(subject), *std::move(role)};
}

Result<Recorded> Acts::perform_in(storage::WriteTx& tx, Id platform, const Actor& actor, const std::string& name,
                                  const Ready& ready, const std::string& idempotency_key) {
  std::optional<std::string> key;
  if (!idempotency_key.empty()) {
    key = key_digest(platform, actor, name, idempotency_key, ready.content);
    if (const auto before = store::act_by_key(tx, *key)) {
      if (before->content != ready.content) return refuse(Why::conflict, {"record.key-used"});
      return Recorded{before->id, before->position, before->made, before->location, true};
    }
  }

  TRY(const Admitted admitted, admit(tx, platform, actor, name, ready));
  const auto& [subject, role] = admitted;

  Doing doing(tx, platform, actor, means_.clock.now(), means_.ids, means_.random);
  TRY(const Effect effect, ready.apply(doing));

  const std::string opening = means_.random.bytes(commitment_key_size);
  TRY(const std::string entry, encode(Leaf{name, doing.now, subject.path, role, commit(opening, ready.content)}));
  TRY(const std::int64_t position, means_.logs.append(tx, platform, entry));
  const bool kept = !effect.forgets;
  store::insert_act(tx,
                    {.id = doing.act,
                     .platform = platform,
                     .position = position,
                     .name = name,
                     .done_at = doing.now,
                     .person = kept ? actor.person : Id{},
                     .role = role,
                     .subject = subject.path,
                     .visibility = effect.visibility,
                     .content = kept ? std::optional(ready.content) : std::nullopt,
                     .opening = kept ? std::optional(opening) : std::nullopt,
                     .made = effect.made,
                     .location = effect.location},
                    kept ? key : std::nullopt);
  if (!doing.renewed().empty()) {
    tx.announce(format(Renewal{platform, doing.renewed()}));
    if (means_.renewed)
      tx.after_commit(
          [renewed = means_.renewed, platform, subjects = doing.renewed()] { renewed(platform, subjects); });
  }
  return Recorded{doing.act, position, effect.made, effect.location, false};
}

}  // namespace polder::record
