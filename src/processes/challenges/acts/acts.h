// The acts of a challenge, and what they share.
#pragma once

#include "governance/platforms.h"
#include "people/house.h"
#include "people/person.h"
#include "processes/challenges/rules.h"
#include "processes/challenges/store.h"
#include "record/acts.h"

namespace polder::challenges {

using people::House;
using record::Doing;
using record::Effect;
using record::Subject;

void add_draft(House& house);       ///< draft, revise
void add_review(House& house);      ///< submit, return, publish
void add_amend(House& house);       ///< amend, cancel
void add_attachment(House& house);  ///< add-attachment, remove-attachment
void add_clock(House& house);       ///< open, close
void add_interests(House& house);   ///< say-interests
void add_join(House& house);        ///< join, leave-team
void add_team(House& house);        ///< invite, withdraw-, accept-, decline-invitation, ask-merge, accept-merge
void add_ask(House& house);         ///< ask, answer-question
void add_entry(House& house);       ///< write-entry, acknowledge, seal, withdraw-entry
void add_attach(House& house);      ///< attach, detach
void add_seeker(House& house);      ///< name-seeker
void add_panel(House& house);       ///< seat-judge, unseat-judge
void add_conflict(House& house);    ///< declare, report-conflict
void add_screen(House& house);      ///< screen
void add_assign(House& house);      ///< begin-judging, assign-again, reassign
void add_mark(House& house);        ///< mark, begin-deliberation

void add_result(House& house);     ///< announce-result, object, decide-objection, check-winner
void add_stage(House& house);      ///< deliberate-again, reopen
void add_award(House& house);      ///< award, give-partial, plan-payments, accept-milestone, pay
void add_follow_up(House& house);  ///< ask-follow-up, follow-up

/// Files that belong to a statement, and how large each may be.
inline constexpr std::size_t most_attachments = 20;
inline constexpr std::int64_t attachment_megabytes = 100;

/// The organisations of whoever acts: the one they name, and those they belong to here. (join.cpp)
std::vector<std::string> organisations_of(Doing& doing, std::string_view named);
/// Do these people or organisations belong to the seeker, the operator, or those who decide about entries? (join.cpp)
bool is_staff(House& house, Doing& doing, const Statement& s, const std::vector<std::string>& theirs);

/// A file that was streamed in, by the ticket that names it (kernel/files). Refuses beside "ticket" what is larger than
/// `megabytes`, of no kind that is taken, or named by a row already: two rows would each think it theirs to remove.
struct Claimed {
  std::string name, type, sha256, path;
  std::int64_t size = 0;
};
Result<Claimed> claim(House& house, storage::ReadTx& tx, const std::string& ticket, std::int64_t megabytes);

/// A published statement gets its next number, with the reason, and all who joined are told. (amend.cpp)
void amend_by(House& house, Doing& doing, Challenge& c, const Statement& s, const std::string& why);

/// What sealing an entry now would commit to.
std::string draft_digest(storage::ReadTx& tx, Id entry);

/// What an act on a challenge is about, by its id; of another platform's there is nothing here. Before it is published
/// its name is nobody's to read: the record then says its id.
Result<Subject> subject_of(House& house, storage::ReadTx& tx, Id platform, Id challenge);
/// The same of every act that names its challenge.
template <class A>
Result<Subject> of_challenge(House& house, storage::ReadTx& tx, Id platform, const A& act) {
  return subject_of(house, tx, platform, act.challenge);
}
/// The challenge itself, for an act that has passed `subject_of`.
Challenge challenge_of(storage::ReadTx& tx, Id id);
/// The statement that holds now.
Statement statement_of(storage::ReadTx& tx, const Challenge& c);

/// Whoever has this address on the platform, and what its charter lets them do.
class Addressee {
 public:
  Addressee(House& house, storage::ReadTx& tx, Id platform, const std::string& email);
  const std::optional<people::Person>& person() const { return person_; }
  bool may(std::string_view act, Phase phase) const;

 private:
  std::shared_ptr<const governance::PlatformList> platforms_;
  const governance::Platform& platform_;
  std::optional<people::Person> person_;
  std::vector<std::string> roles_;
};

/// Is this one of the acts that a seeker does on their own challenge, and on nobody else's?
bool is_its_seekers(std::string_view act);
/// A challenge is one seeker's: whoever may award, and may not publish what they like, does so where it is theirs.
bool is_theirs(House& house, const record::Actor& actor, const Challenge& c);
/// The same as a refusal that says nothing of what is there.
Done if_theirs(House& house, const Doing& doing, const Challenge& c);
/// Nobody decides their own case: whoever judged here, or is in this team, is no arbiter of it.
Done impartial(const Doing& doing, const Challenge& c, Id team);
/// Whoever is in a team that is to be paid gives no money away.
Done no_winner(const Doing& doing, const Challenge& c);
/// This person's entry, while it may be changed; otherwise nothing that anybody may know of.
Result<Entry> own_draft(const Doing& doing, const Challenge& c, Id entry);
/// Late by a second is late, and whoever is late is told the server's time.
Done in_time(House& house, const Challenge& c);
template <class A>
Result<Subject> before_it_closes(House& house, storage::ReadTx& tx, Id platform, const A& act) {
  TRY(Subject subject, subject_of(house, tx, platform, act.challenge));
  CHECK_DONE(in_time(house, challenge_of(tx, act.challenge)));
  return subject;
}

/// Work that follows an act, kept in its transaction: `job` is told the id under the name `what`.
void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id);

/// The subjects whose pages show a challenge.
std::string page_subject(Id challenge);
std::string list_subject(Id platform);
void renew(Doing& doing, const Challenge& c);

}  // namespace polder::challenges
