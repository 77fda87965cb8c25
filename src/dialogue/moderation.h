// Moderation: what people say stays, unless it breaks the house rules; then it is hidden by a person, for a reason that
// everybody can read, and others can undo it. The face of this part of the room.
//
// A process tells what its contributions are and how one is hidden; who may report, hide and restore is the charter's,
// and that nobody decides their own case is nobody's to change.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "governance/vocabulary.h"
#include "people/visit.h"

namespace polder::dialogue {

/// Something a person said on a platform that others can read.
struct Contribution {
  Id id{};
  std::string kind;
  Id platform{};
  std::string subject;  ///< what it is about, as its acts name it: "consultations/ground-water"
  std::string words;    ///< all that a moderator must read to decide
  Id author{};          ///< zero: nobody with an account, or erased
  std::string path;     ///< where it is read, on its platform: "consultations/ground-water/responses/…"
  bool hidden = false;
};

/// What a process says of one kind of its contributions.
struct ContributionKind {
  std::string name;   ///< in addresses: "response"
  std::string words;  ///< catalogue key of the noun: "Response"
  /// The contribution, hidden or not. Nothing when there is none, when its author took it back, and when it is not for
  /// everybody: what only some may read, moderators may not either.
  std::function<std::optional<Contribution>(storage::ReadTx&, Id)> find;
  /// Hides it from everybody but its author, or shows it again: rows, what the record shows of its act, and the pages.
  std::function<void(record::Doing&, Id, bool hidden)> set_hidden;
};

/// Owned by the program and handed to the processes, which add their kinds. Outlives the acts of the house.
class Moderation {
 public:
  explicit Moderation(people::House& the_house) : house(the_house) {}

  people::House& house;

  void add(ContributionKind kind);
  const ContributionKind* kind(std::string_view name) const;
  /// The contribution of that kind, if it is on this platform.
  std::optional<Contribution> find(storage::ReadTx& tx, Id platform, std::string_view kind, Id id) const;

 private:
  std::map<std::string, ContributionKind, std::less<>> kinds_;
};

/// The acts, for charters. Before any charter is read.
void add_words(governance::Vocabulary& words);

/// Acts, pages, jobs, and what it holds of people.
void install(Moderation& moderation);

/// "Report", for beside a contribution that everybody sees; nothing where the charter lets nobody report.
html::Html report_link(const people::Visit& visit, std::string_view kind, Id id);

/// For its author, in place of silence: that it is hidden, since when, why, and how to object. Reads on its own: not
/// from within a transaction.
html::Html hidden_notice(const people::Visit& visit, Id contribution);

}  // namespace polder::dialogue
