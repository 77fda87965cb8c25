// The one way anything changes: an act.
//
// A room declares an act as a plain struct of fields (kernel/fields), a function that finds what it is about, and a
// function that does it. From this one declaration come its web form, its JSON schema and place in the OpenAPI
// document, its command-line form and its fuzz target. Doing it is one write transaction: may this person do this,
// here, now (the Gate, which governance gives); the rows; the leaf of the record. It is durable and recorded, or it did
// not happen.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/fields/field.h"
#include "kernel/storage/database.h"

namespace polder::record {

class Logs;

/// The platform that stands for the server itself: accounts, organisations and the making of platforms are acts in its
/// record.
inline constexpr Id server_platform{1};

/// Who acts. A visitor has no account; the clock is time itself; the console is whoever runs the program's own
/// commands.
struct Actor {
  enum class Kind { visitor, person, clock, console };
  Kind kind = Kind::visitor;
  Id person{};                     ///< of a person
  std::vector<std::string> roles;  ///< on the platform of the act, appointed ones; the others follow from `kind`
  bool for_server = false;         ///< a person who runs the server, where a platform's charter gives the server a say
  static Actor visitor() { return {}; }
  static Actor clock() { return {.kind = Kind::clock, .person = {}, .roles = {}}; }
  static Actor console() { return {.kind = Kind::console, .person = {}, .roles = {}}; }
  bool is_person() const { return kind == Kind::person; }
};

/// Who may see what an act says. Decided here, once; every reader asks `sees`.
enum class Visibility {
  open,      ///< everybody
  nameless,  ///< everybody, without who did it
  parties,   ///< those who did it and those it is for (the officials)
  hidden,    ///< those who did it only
};

/// What an act is about: its path in the record ("consultations/ground-water") and the phase it is in now.
struct Subject {
  std::string path;
  std::string phase = {};
  bool secret = false;  ///< not to be known of by those who may not act on it: a refusal is told as "not found"
};

/// What an act did.
struct Effect {
  Visibility visibility = Visibility::open;
  Id made{};             ///< what it made, if it made something that has an id
  std::string location;  ///< where to go now: a path on this platform, without the platform ("consultations/…")
  bool forgets = false;  ///< an erasure: of this act too only the leaf stays, not who did it nor what it said
};

/// What an act's function is handed: the transaction, the moment, who acts, and a pen for what else must happen.
class Doing {
 public:
  Doing(storage::WriteTx& transaction, Id on_platform, const Actor& by, Time at, IdSource& id_source, Random& chance)
      : tx(transaction),
        platform(on_platform),
        actor(by),
        now(at),
        act(id_source.next()),
        ids(id_source),
        random(chance) {}

  storage::WriteTx& tx;
  const Id platform;
  const Actor& actor;
  const Time now;
  const Id act;  ///< the id of this act
  IdSource& ids;
  Random& random;

  /// Pages that show this subject are made afresh after the commit, at every node. "*" is every page of the platform;
  /// of the server's own, every page there is.
  void renew(std::string subject) { renewed_.push_back(std::move(subject)); }
  /// Runs after the commit: to wake the mailer, to forget what was cached.
  void afterwards(std::function<void()> then) { tx.after_commit(std::move(then)); }
  const std::vector<std::string>& renewed() const { return renewed_; }

 private:
  std::vector<std::string> renewed_;
};

/// One act, read and ready: its canonical content, and its two functions with the struct inside.
struct Ready {
  std::string content;
  std::function<Result<Subject>(storage::ReadTx&, Id platform)> find;
  std::function<Result<Effect>(Doing&)> apply;
  /// What takes long and asks nothing of the database, if there is such a thing (a law of many megabytes is read): done
  /// before the one writer is held, and only for whom the gate lets through. `apply` does it where nobody did.
  std::function<Done()> prepare = {};
};

struct ActKind {
  std::string name;                 ///< "consultations.respond"
  std::vector<std::string> phases;  ///< those its subject must be in, whoever acts; empty when it knows none
  fields::Field fields;             ///< the description: form, schema, command line
  std::function<Result<Ready>(const fields::json::object&)> read;
};

/// Declares an act. `A` has `static constexpr std::string_view name` and is described by Boost.Describe. `means` is
/// what the room's acts need from outside; it outlives the acts.
template <class A, class Means>
ActKind declare(Means& means, std::vector<std::string> phases,
                Result<Subject> (*find)(Means&, storage::ReadTx&, Id platform, const A&),
                Result<Effect> (*apply)(Means&, Doing&, const A&)) {
  return {std::string(A::name), std::move(phases), fields::describe<A>(),
          [&means, find, apply](const fields::json::object& raw) -> Result<Ready> {
            TRY(A act, fields::read<A>(raw));
            auto shared = std::make_shared<const A>(std::move(act));
            return Ready{
                fields::write(*shared),
                [&means, find, shared](storage::ReadTx& tx, Id platform) { return find(means, tx, platform, *shared); },
                [&means, apply, shared](Doing& doing) { return apply(means, doing, *shared); }};
          }};
}

/// May this actor do this act on a subject in this phase? Answers the role by which, or the refusal. Governance's.
using Gate = std::function<Result<std::string>(storage::ReadTx&, Id platform, const Actor&, std::string_view act,
                                               std::string_view phase)>;

/// A request to act.
struct Call {
  Id platform{};
  Actor actor;
  std::string name;
  fields::json::object fields;
  /// Sent twice, one effect: the same key by the same actor for the same act gives the first answer again, and with
  /// other content is refused; a visitor's is theirs together with the content. Empty: none.
  std::string idempotency_key = {};
};

/// What is told back.
struct Recorded {
  Id act{};
  std::int64_t position = 0;  ///< the leaf's place in the platform's log
  Id made{};
  std::string location;
  bool repeated = false;  ///< this is the answer to an earlier, equal call
};

/// What an act changed, as nodes tell each other: the platform's id and the subjects, a line each. Where that is longer
/// than an announcement may be, the platform as a whole ("*").
struct Renewal {
  Id platform{};
  std::vector<std::string> subjects = {};
  bool operator==(const Renewal&) const = default;
};
std::string format(const Renewal& renewal);
std::optional<Renewal> read_renewal(std::string_view words);

class Acts {
 public:
  struct Means {
    storage::Database& database;
    const Clock& clock;
    IdSource& ids;
    Random& random;
    Logs& logs;
    Gate gate;
    /// After the commit: which subjects of which platform changed. Called on the writer's thread; quick. Other nodes
    /// are told the same (storage: announce; read_renewal).
    std::function<void(Id platform, const std::vector<std::string>& subjects)> renewed;
  };
  explicit Acts(Means means) : means_(std::move(means)) {}

  void add(ActKind kind);
  const ActKind* find(std::string_view name) const;
  const std::map<std::string, ActKind, std::less<>>& all() const { return kinds_; }

  Result<Recorded> perform(const Call& call);

  /// Would it be done? The same way to the end, and then nothing is kept: for "look at it once more".
  Done rehearse(const Call& call);

  /// Does an act inside a write transaction that is already open: several acts that stand or fall together.
  Result<Recorded> perform_in(storage::WriteTx& tx, Id platform, const Actor& actor, const std::string& name,
                              const Ready& ready, const std::string& idempotency_key);

 private:
  struct Admitted {
    Subject subject;
    std::string role;
  };
  /// Finds what the act is about and asks the gate.
  Result<Admitted> admit(storage::ReadTx& tx, Id platform, const Actor& actor, const std::string& name,
                         const Ready& ready) const;
  /// Reads the act, and prepares it where that is needed: for whoever may do it, and not a second time.
  Result<Ready> read(const Call& call) const;

  Means means_;
  std::map<std::string, ActKind, std::less<>> kinds_;
};

}  // namespace polder::record
