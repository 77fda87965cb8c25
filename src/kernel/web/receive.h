// A form with files, or one file as a whole body, taken as it arrives: the files go to the disk, each hashed and looked
// into on the way, and the fields come out as they do for every form.
//
// What is wrong with one file (its kind, its size, one too many) does not end a form: the rest of the body is read, so
// that the page can say it beside the field and keep what was typed. What is wrong with the body as a whole (its
// boundaries, too many fields, a full disk) ends it. A raw body has nothing but its file, so it ends with any fault.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/files/files.h"

namespace polder::web {

/// What an upload's route takes.
struct Takes {
  std::size_t files = 1;             ///< at most; of a form: in all its fields together
  std::uint64_t each = 20u << 20;    ///< bytes of one file at most
  std::vector<std::string> kinds{};  ///< extensions of files::Kind
  std::uint64_t body_limit() const;  ///< all of that and an ordinary form's fields
};

struct ReceivedFile {
  std::string field;  ///< of the form; empty for a raw body
  std::string name;   ///< files::label of what its sender called it
  files::Kind kind;
  files::Incoming content;  ///< removed unless Files::keep takes it
};

struct Received {
  boost::json::object fields;  ///< of text, as web::read_body gives them
  std::vector<ReceivedFile> files;
  std::vector<FieldError> faults;  ///< of files that were not taken

  /// Refuses when a file was not taken: each fault beside its field.
  Done whole() const;
};

class Receiver {
 public:
  /// By the Content-Type: multipart/form-data and application/x-www-form-urlencoded are forms; a body of any other type
  /// is one file, called `raw_name`.
  static Result<std::unique_ptr<Receiver>> of(files::Files& files, std::string_view content_type,
                                              std::string_view raw_name, Takes takes);
  virtual ~Receiver() = default;
  virtual Done take(std::string_view bytes) = 0;
  /// After the last byte. Called once.
  virtual Result<Received> finish() = 0;
};

}  // namespace polder::web
