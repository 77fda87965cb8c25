// The mails of this room: plain words, at most one link, signed with the name of the platform that sends them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "people/house.h"

namespace polder::people {

struct Letter {
  std::string to;
  std::string kind;  ///< for the administrator's list: "people.sign-up"
  Message subject;
  std::vector<Message> paragraphs;  ///< a link stands in a paragraph of its own
  std::string from = {};            ///< the platform's name; empty: the server's
  std::vector<mail::Attachment> attachments = {};
};

/// In the act's own transaction. Refuses an address no message can be sent to.
Done send(const House& house, storage::WriteTx& tx, const i18n::Voice& t, const Letter& letter);

/// A page of the server as an address that works everywhere: in a mail, a file, another site. `path` begins with '/'.
std::string address_of(const House& house, std::string_view path);
/// The same for a page of a platform, at its own host if it has one. `path` is below the platform, without a '/'
/// before.
std::string address_of(const House& house, const governance::Platform& platform, std::string_view path);
/// The server's name where no platform speaks: its host.
std::string server_name(const House& house);

/// "a…@example.org": enough to recognise, not enough to learn.
std::string masked(std::string_view email);

}  // namespace polder::people
