// Mail to people: written in the act's own transaction, delivered afterwards by a job, forgotten soon.
//
// An act never waits for a mail server, and no mail tells of an act that did not happen. Delivery is at least once,
// with the same Message-ID each time, so that a receiver can tell a repetition. Addresses and words are in the two
// tables of this room and, without a mail server, in files of its folder; in no log, no job and no fault.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/jobs/jobs.h"
#include "kernel/storage/database.h"

namespace polder::mail {

struct Attachment {
  std::string name;  ///< of a file: "receipt.tlog-proof"
  std::string type;  ///< media type: "text/plain"
  std::string bytes;
};

struct Mail {
  std::string to = {};       ///< as text::normal_email gives it
  std::string subject = {};  ///< one line
  std::string text = {};     ///< with LF
  std::string html = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< more of them, in ASCII: List-Unsubscribe
  std::string language = "en";                                    ///< BCP 47
  std::string kind = {};                                          ///< for the administrator: "consultations.receipt"
  std::vector<Attachment> attachments = {};
};

/// Where acts leave their mail.
class Outbox {
 public:
  Outbox(IdSource& ids, jobs::Queue& queue, const Clock& clock) : ids_(ids), queue_(queue), clock_(clock) {}

  /// Refuses what no message can be made of: a bad address, a line end in a header, more than `largest` bytes.
  Result<Id> send(storage::WriteTx& tx, const Mail& mail);
  /// Erases every mail to this address, sent or not, and soon after its files (job mail.sweep).
  void forget(storage::WriteTx& tx, std::string_view address);

  static constexpr std::size_t largest = 10u << 20;

 private:
  IdSource& ids_;
  jobs::Queue& queue_;
  const Clock& clock_;
};

enum class Tls {
  required,  ///< STARTTLS before anything is said (or smtps://); a server without it gets nothing
  none,      ///< for a relay on this machine
};

struct Settings {
  std::string from = "polder@localhost";  ///< the address that mail comes from and bounces to
  std::string from_name = "Polder";
  /// smtp://host:587 or smtps://host:465; empty: mail becomes .eml files in `folder`.
  std::string server = {};
  std::string user = {}, password = {};
  Tls tls = Tls::required;
  std::string ca_file = {};  ///< certificates to trust instead of the system's
  std::filesystem::path folder = "mail";
  int timeout_s = 30;
  std::int64_t keep_sent_ms = 7 * day_ms;     ///< then a delivered mail is deleted, words, address and file
  std::int64_t keep_failed_ms = 30 * day_ms;  ///< and one that could not be delivered
};

/// Delivers. Give its handlers and its recurring work to the runner; it outlives them.
class Postman {
 public:
  Postman(storage::Database& db, const Clock& clock, Settings settings);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

  std::vector<jobs::Handler> handlers();
  jobs::Recurring prune();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

enum class State { waiting = 0, sent = 1, failed = 2 };

/// A mail as the administrator's page lists it.
struct Entry {
  Id id;
  std::string to, subject, kind;
  State state = State::waiting;
  Time made_at;
  std::string fault;  ///< "SMTP 550"
};
/// The newest first, older than `before`.
std::vector<Entry> list(storage::ReadTx& tx, Id before, int limit);
std::optional<Mail> read(storage::ReadTx& tx, Id id);

}  // namespace polder::mail
