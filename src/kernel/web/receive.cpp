#include "kernel/web/receive.h"

#include "kernel/files/name.h"
#include "kernel/http/policy.h"
#include "kernel/web/form.h"
#include "kernel/web/multipart.h"
#include "kernel/web/router.h"

namespace polder::web {
namespace {

/// Takes files one after the other.
class Taker {
 public:
  Taker(files::Files& files, Takes takes) : files_(files), takes_(std::move(takes)) {}

  void begin(std::string field, std::string_view sent_name) {
    field_ = std::move(field);
    named_ = !sent_name.empty();
    name_ = files::label(sent_name);
    size_ = 0;
    sample_.clear();
    kind_.reset();
    content_.reset();
    refused_ = false;
  }

  Done data(std::string_view bytes) {
    if (size_ == 0 && received.files.size() == takes_.files)
      fault({"web.files-too-many", {{"most", std::int64_t(takes_.files)}}});
    size_ += bytes.size();
    if (refused_) return {};
    if (size_ > takes_.each) {
      fault({"web.file-too-large", {{"name", name_}, {"most", megabytes(takes_.each)}}});
      return {};
    }
    if (!kind_) {
      sample_ += bytes.substr(0, files::sample_size - std::min(sample_.size(), files::sample_size));
      if (sample_.size() == files::sample_size && !look()) return {};
    }
    if (!content_) {
      TRY(content_, files_.receive());
    }
    return content_->write(bytes);
  }

  void end() {
    if (size_ == 0 && !named_) return;  // a field in which nothing was chosen
    if (size_ == 0) fault({"web.file-empty", {{"name", name_}}});
    if (refused_ || (!kind_ && !look())) return;
    (void)content_->sha256();
    received.files.push_back({std::move(field_), std::move(name_), *kind_, *std::move(content_)});
    content_.reset();
  }

  Received received;

 private:
  bool look() {
    auto kind = files_.types().check(name_, sample_, takes_.kinds);
    if (kind)
      kind_ = *kind;
    else
      fault(std::move(kind.error().message));
    return kind_.has_value();
  }

  void fault(Message message) {
    refused_ = true;
    content_.reset();
    received.faults.push_back({field_, std::move(message)});
  }

  static double megabytes(std::uint64_t bytes) { return double(bytes) / (1 << 20); }

  files::Files& files_;
  Takes takes_;
  std::string field_, name_, sample_;
  bool named_ = false, refused_ = false;
  std::uint64_t size_ = 0;
  std::optional<files::Kind> kind_;
  std::optional<files::Incoming> content_;
};

class FormReceiver final : public Receiver, Multipart::Listener {
 public:
  FormReceiver(files::Files& files, Takes takes) : taker_(files, std::move(takes)) {}

  Done open(std::string_view content_type) {
    TRY(parts_, Multipart::of(content_type, *this));
    return {};
  }
  Done take(std::string_view bytes) override { return parts_->take(bytes); }
  Result<Received> finish() override {
    CHECK_DONE(parts_->finish());
    return std::move(taker_.received);
  }

 private:
  Done begin(Multipart::Part part) override {
    part_ = std::move(part);
    text_.clear();
    if (part_.file) taker_.begin(part_.name, *part_.file);
    return {};
  }
  Done data(std::string_view bytes) override {
    if (part_.file) return taker_.data(bytes);
    if ((text_bytes_ += bytes.size()) > form_limit) return refuse(Why::too_large, {"web.form-too-large"});
    text_ += bytes;
    return {};
  }
  Done end() override {
    if (part_.file) {
      taker_.end();
      return {};
    }
    if (put_field(taker_.received.fields, part_.name, boost::json::string(text_))) return {};
    return refuse(Why::invalid, {"web.form-broken"}, "field name");
  }

  Taker taker_;
  std::optional<Multipart> parts_;
  Multipart::Part part_;
  std::string text_;
  std::size_t text_bytes_ = 0;
};

/// A form sent without a file: by a page whose form says no enctype, or by a program.
class FieldsReceiver final : public Receiver {
 public:
  explicit FieldsReceiver(std::string_view content_type) : type_(content_type) {}
  Done take(std::string_view bytes) override {
    body_ += bytes;
    return body_.size() <= form_limit ? Done{} : refuse(Why::too_large, {"web.form-too-large"});
  }
  Result<Received> finish() override {
    Received received;
    TRY(received.fields, read_body(type_, body_));
    return received;
  }

 private:
  std::string type_, body_;
};

class RawReceiver final : public Receiver {
 public:
  RawReceiver(files::Files& files, Takes takes, std::string_view name) : taker_(files, std::move(takes)) {
    taker_.begin("", name.empty() ? "file" : name);
  }
  Done take(std::string_view bytes) override {
    CHECK_DONE(taker_.data(bytes));
    return whole();
  }
  Result<Received> finish() override {
    taker_.end();
    CHECK_DONE(whole());
    return std::move(taker_.received);
  }

 private:
  Done whole() const {
    const auto& faults = taker_.received.faults;
    return faults.empty() ? Done{} : refuse(Why::invalid, faults.front().message);
  }
  Taker taker_;
};

}  // namespace

std::uint64_t Takes::body_limit() const { return files * (each + 4'000) + form_limit; }

Done Received::whole() const {
  if (faults.empty()) return {};
  return std::unexpected(Refusal{.why = Why::invalid, .message = {"fields.summary"}, .fields = faults});
}

Result<std::unique_ptr<Receiver>> Receiver::of(files::Files& files, std::string_view content_type,
                                               std::string_view raw_name, Takes takes) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  if (http::equal_ignoring_case(type, "multipart/form-data")) {
    auto form = std::make_unique<FormReceiver>(files, std::move(takes));
    CHECK_DONE(form->open(content_type));
    return form;
  }
  if (type.empty() || http::equal_ignoring_case(type, "application/x-www-form-urlencoded"))
    return std::make_unique<FieldsReceiver>(content_type);
  return std::make_unique<RawReceiver>(files, std::move(takes), raw_name);
}

}  // namespace polder::web
