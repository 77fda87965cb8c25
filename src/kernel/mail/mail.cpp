#include "kernel/mail/mail.h"

#include <boost/json.hpp>

#include "kernel/mail/deliver.h"
#include "kernel/mail/message.h"

namespace polder::mail {
namespace {

using storage::ReadTx;
using storage::Row;
using storage::Statement;
using storage::WriteTx;

constexpr Statement insert_mail{"mail.insert",
                                "INSERT INTO mails (id, recipient, subject, body, html, headers, language, kind, "
                                "made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement insert_attachment{
    "mail.insert-attachment",
    "INSERT INTO mail_attachments (mail, number, name, type, bytes) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement read_mail{
    "mail.read", "SELECT recipient, subject, body, html, headers, language, kind, made_at FROM mails WHERE id = $1"};
constexpr Statement read_attachments{"mail.read-attachments",
                                     "SELECT name, type, bytes FROM mail_attachments WHERE mail = $1 ORDER BY number"};
constexpr Statement exists{"mail.exists", "SELECT 1 FROM mails WHERE id = $1"};
constexpr Statement list_mails{"mail.list",
                               "SELECT id, recipient, subject, kind, state, made_at, fault FROM mails WHERE id < $1 "
                               "ORDER BY id DESC LIMIT $2"};
constexpr Statement end_mail{"mail.end",
                             "UPDATE mails SET state = $2, ended_at = $3, fault = $4 WHERE id = $1 AND state <> 1"};
constexpr Statement forget_mails{"mail.forget", "DELETE FROM mails WHERE recipient = $1"};
constexpr Statement prune_mails{"mail.prune", "DELETE FROM mails WHERE state = $1 AND ended_at < $2"};

// Four days of tries, an hour apart at the end: RFC 5321 §4.5.4.1 asks for four or five.
constexpr int attempts = 105;

std::string pack(const std::vector<std::pair<std::string, std::string>>& headers) {
  boost::json::array out;
  for (const auto& [name, value] : headers) out.push_back(boost::json::array{name, value});
  return boost::json::serialize(out);
}

std::vector<std::pair<std::string, std::string>> unpack(std::string_view packed) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto json = boost::json::parse(packed);
  for (const auto& pair : json.as_array())
    out.emplace_back(std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string()));
  return out;
}

struct Stored {
  Mail mail;
  Time made_at;
};

std::optional<Stored> load(ReadTx& tx, Id id) {
  auto stored = tx.one<Stored>(
      read_mail,
      [](const Row& row) {
        return Stored{{.to = row.get<std::string>(0),
                       .subject = row.get<std::string>(1),
                       .text = row.get<std::string>(2),
                       .html = row.get<std::string>(3),
                       .headers = unpack(row.text(4)),
                       .language = row.get<std::string>(5),
                       .kind = row.get<std::string>(6)},
                      row.get<Time>(7)};
      },
      id);
  if (stored)
    stored->mail.attachments = tx.all<Attachment>(
        read_attachments,
        [](const Row& row) {
          return Attachment{row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2)};
        },
        id);
  return stored;
}

}  // namespace

Result<Id> Outbox::send(WriteTx& tx, const Mail& mail) {
  CHECK_DONE(check(mail));
  const Id id = ids_.next();
  const Time now = clock_.now();
  tx.exec(insert_mail, id, mail.to, mail.subject, mail.text, mail.html, pack(mail.headers), mail.language, mail.kind,
          now);
  std::int64_t number = 0;
  for (const auto& a : mail.attachments)
    tx.exec(insert_attachment, id, ++number, a.name, a.type, storage::Blob{a.bytes});
  queue_.enqueue(tx, "mail.send", "\"" + str(id) + "\"", now);
  return id;
}

void Outbox::forget(WriteTx& tx, std::string_view address) {
  tx.exec(forget_mails, address);
  queue_.enqueue(tx, "mail.sweep", "null", clock_.now());
}

struct Postman::Inside {
  storage::Database& db;
  const Clock& clock;
  Settings settings;
  std::unique_ptr<Delivery> delivery;

  jobs::Outcome send(const jobs::Job& job) {
    const auto id = parse_id(std::string_view(job.payload).substr(1, job.payload.size() - 2));
    const auto stored = id ? db.read([&](ReadTx& tx) { return load(tx, *id); }) : std::nullopt;
    if (!stored) return {};  // forgotten meanwhile
    auto outcome = delivery->deliver(*id, stored->mail.to, compose(stored->mail, settings, *id, stored->made_at));
    if (outcome.what == jobs::Outcome::again && job.attempt < attempts) return outcome;
    const auto state = outcome.what == jobs::Outcome::done ? State::sent : State::failed;
    bool forgotten = false;
    const auto ended = db.write([&](WriteTx& tx) -> Done {
      forgotten = tx.exec(end_mail, *id, state, clock.now(), outcome.fault) == 0;
      return state == State::sent ? jobs::finish(tx, job) : Done{};
    });
    if (forgotten) sweep();  // its file came after the sweep that was to remove it
    return ended ? outcome : jobs::Outcome::retry("the lease was lost while sending");
  }

  void sweep() {
    delivery->sweep(
        [&](Id id) { return db.read([&](ReadTx& tx) { return tx.value<std::int64_t>(exists, id).has_value(); }); });
  }

  void prune(const jobs::Lease& lease) {
    const Time now = clock.now();
    static_cast<void>(db.write([&](WriteTx& tx) -> Done {
      CHECK_DONE(lease.hold(tx));
      tx.exec(prune_mails, State::sent, now - settings.keep_sent_ms);
      tx.exec(prune_mails, State::failed, now - settings.keep_failed_ms);
      return {};
    }));
    sweep();
  }
};

Postman::Postman(storage::Database& db, const Clock& clock, Settings settings)
    : inside_(new Inside{db, clock, settings, settings.server.empty() ? by_folder(settings) : by_smtp(settings)}) {}
Postman::~Postman() = default;

std::vector<jobs::Handler> Postman::handlers() {
  auto* in = inside_.get();
  return {{.kind = "mail.send", .run = [in](const jobs::Job& job) { return in->send(job); }, .attempts = attempts},
          {.kind = "mail.sweep", .run = [in](const jobs::Job&) { return in->sweep(), jobs::Outcome{}; }}};
}

jobs::Recurring Postman::prune() {
  return {"mail.prune", hour_ms, [in = inside_.get()](const jobs::Lease& lease) { in->prune(lease); }};
}

std::vector<Entry> list(ReadTx& tx, Id before, int limit) {
  return tx.all<Entry>(
      list_mails,
      [](const Row& row) {
        return Entry{row.get<Id>(0),
                     row.get<std::string>(1),
                     row.get<std::string>(2),
                     row.get<std::string>(3),
                     row.get<State>(4),
                     row.get<Time>(5),
                     row.get<std::optional<std::string>>(6).value_or("")};
      },
      before, limit);
}

std::optional<Mail> read(ReadTx& tx, Id id) {
  auto stored = load(tx, id);
  if (!stored) return std::nullopt;
  return std::move(stored->mail);
}

}  // namespace polder::mail
