// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "folder.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// A new file beside the one that it is going to replace, written through a buffer.
class new_file {
public:
    /// As readable for others as the old one, if there is one.
    new_file(const folder& where, const std::string& name);

    /// To append to; `flush_if_large` every now and then.
    [[nodiscard]] std::string& buffer() noexcept { return buffer_; }
    void flush_if_large()
    {
        if (buffer_.size() >= 65'536)
            flush();
    }
    /// Waits until it is on the disk.
    [[nodiscard]] file_identity finish();

private:
    void flush();

    const folder& where_;
    std::string name_;
    file_descriptor file_;
    std::string buffer_;
};

/// Replaces and removes files, all or none, whatever happens in between.
///
/// New files are written first (`stage`); then one record names what takes the place of what (`publish`: from here on it has
/// happened); then it is done (`apply`), now or, after a crash, by `recover`. A commit that was not published leaves nothing.
class file_commit {
public:
    explicit file_commit(const folder& where) noexcept : where_{where} {}
    file_commit(const file_commit&) = delete;
    file_commit& operator=(const file_commit&) = delete;
    ~file_commit();

    /// The new content of a file.
    [[nodiscard]] new_file stage(const std::string& name);
    void stage_removal(const std::string& name) { removed_.push_back(name); }
    [[nodiscard]] bool empty() const noexcept { return replaced_.empty() && removed_.empty(); }

    void publish();
    /// Whether it may count as done after a crash.
    [[nodiscard]] bool published() const noexcept { return published_; }
    /// Undoes `publish`.
    void take_back();
    void apply();

    /// Completes what was published and not applied, and clears away what was not published. The folder is not read_only.
    static void recover(const folder& where);
    /// Whether there is something to complete.
    [[nodiscard]] static bool unfinished(const folder& where);

private:
    const folder& where_;
    std::vector<std::string> replaced_, removed_;
    bool published_ = false;
};

} // namespace steward::inline v0::adapters::detail
