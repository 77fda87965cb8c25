// Two ways out of the house: a mail server, or a folder. Private to the room.
#pragma once

#include <memory>
#include <string>

#include "kernel/mail/mail.h"

namespace polder::mail {

class Delivery {
 public:
  virtual ~Delivery() = default;
  virtual jobs::Outcome deliver(Id id, const std::string& to, const std::string& message) = 0;
  /// Removes what was kept of every mail of which `known` says false.
  virtual void sweep(const std::function<bool(Id)>& known) = 0;
};

std::unique_ptr<Delivery> by_smtp(const Settings& settings);
std::unique_ptr<Delivery> by_folder(const Settings& settings);

}  // namespace polder::mail
