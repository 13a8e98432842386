// SPDX-License-Identifier: BSL-1.0
#include "commit.hpp"

#include <cerrno>
#include <cstddef>

#include <unistd.h>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::string_view record = ".steward.commit";
constexpr std::string_view first_line = "steward flat_file commit 1";
constexpr std::string_view replace = "replace ", removal = "remove ";

std::string new_name(std::string_view name) { return "." + std::string{name} + ".new"; }
std::string new_record() { return new_name(record); }

bool is_ours(std::string_view name)
{
    return role_of(name) != file_role::none && name.find('/') == std::string_view::npos;
}

/// Whether a commit that was never published, or a record, may have left it behind.
bool is_left_over(std::string_view name)
{
    static constexpr std::string_view end = ".new";
    if (name == new_record())
        return true;
    return name.size() > 1 + end.size() && name.starts_with('.') && name.ends_with(end)
           && is_ours(name.substr(1, name.size() - 1 - end.size()));
}

struct actions {
    std::vector<std::string> replaced, removed;
};

actions read_record(const folder& where)
{
    const std::string content = where.read(std::string{record}).text;
    actions result;
    bool first = true;
    for (std::string_view rest = content; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const bool good = std::exchange(first, false) ? line == first_line
                          : line.starts_with(replace)
                              ? is_ours(line.substr(replace.size()))
                              : line.starts_with(removal) && is_ours(line.substr(removal.size()));
        if (!good || end == std::string_view::npos)
            throw where.error(database_errc::corrupt,
                              std::string{record} + " is no record of a commit that this version has written");
        if (line.starts_with(replace))
            result.replaced.emplace_back(line.substr(replace.size()));
        else if (line.starts_with(removal))
            result.removed.emplace_back(line.substr(removal.size()));
    }
    return result;
}

/// May be done again from the beginning, however far it has come.
void apply_to(const folder& where, const actions& published)
{
    // Removed first: in a folder that ignores case the new name may be the old one.
    for (const std::string& name : published.removed)
        where.remove(name);
    for (const std::string& name : published.replaced)
        if (where.exists(new_name(name)))
            where.rename(new_name(name), name);
    where.synchronize();
    where.remove(std::string{record});
    where.synchronize();
}

} // namespace

new_file::new_file(const folder& where, const std::string& name) : where_{where}, name_{new_name(name)}
{
    struct stat old{};
    const bool replaces = where.look_up(name, old);
    file_ = where.create(name_, replaces ? old.st_mode & 0777 : 0666);
    if (!replaces)
        return;
    // The owner cannot always be kept; that is no reason to write nothing.
    if (::fchown(file_.get(), old.st_uid, old.st_gid) != 0)
        static_cast<void>(::fchown(file_.get(), static_cast<uid_t>(-1), old.st_gid) == 0);
    if (::fchmod(file_.get(), old.st_mode & 0777) != 0)
        throw where.system_error("cannot set the permissions of", name_, errno);
}

void new_file::flush()
{
    for (std::size_t written = 0; written != buffer_.size();) {
        const ssize_t got = ::write(file_.get(), buffer_.data() + written, buffer_.size() - written);
        if (got >= 0)
            written += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            throw where_.system_error("cannot write", name_, errno);
    }
    buffer_.clear();
}

file_identity new_file::finish()
{
    flush();
    struct stat status{};
    if (::fsync(file_.get()) != 0 || ::fstat(file_.get(), &status) != 0)
        throw where_.system_error("cannot write", name_, errno);
    return file_identity::of(status);
}

file_commit::~file_commit()
{
    if (published_ || replaced_.empty())
        return;
    try {
        for (const std::string& name : replaced_)
            where_.remove(new_name(name));
        where_.remove(new_record());
    } catch (...) { // NOLINT(bugprone-empty-catch): the next open clears them away
    }
}

new_file file_commit::stage(const std::string& name)
{
    replaced_.push_back(name);
    return new_file{where_, name};
}

void file_commit::publish()
{
    new_file written{where_, std::string{record}};
    written.buffer().append(first_line) += '\n';
    for (const std::string& name : removed_)
        written.buffer().append(removal).append(name) += '\n';
    for (const std::string& name : replaced_)
        written.buffer().append(replace).append(name) += '\n';
    static_cast<void>(written.finish());
    where_.synchronize(); // the new files' names are there before the record that counts on them
    published_ = true;
    try {
        where_.rename(new_record(), std::string{record});
        where_.synchronize();
    } catch (...) {
        take_back();
        throw;
    }
}

void file_commit::take_back()
{
    where_.remove(std::string{record});
    where_.synchronize();
    published_ = false;
}

void file_commit::apply() { apply_to(where_, {replaced_, removed_}); }

bool file_commit::unfinished(const folder& where) { return where.exists(std::string{record}); }

void file_commit::recover(const folder& where)
{
    if (unfinished(where))
        apply_to(where, read_record(where));
    for (const std::string& name : where.names())
        if (is_left_over(name))
            where.remove(name);
}

} // namespace steward::inline v0::adapters::detail
