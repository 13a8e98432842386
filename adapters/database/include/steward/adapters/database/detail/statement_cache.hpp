// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace steward::inline v0::adapters::detail {

/// The prepared statements of one connection that nobody uses at the moment, the least recently used of which goes when
/// there are too many. A statement that is in use is not in here: whoever uses the same text meanwhile gets another.
///
/// Taking and giving back allocate nothing and cost one hash of the text.
class statement_cache {
    struct kept {
        std::unique_ptr<cursor> statement;
        std::uint64_t last_use = 0;
    };
    struct hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using statements = std::unordered_map<std::string, kept, hash, std::equal_to<>>;

public:
    /// A statement outside of the cache, with its place in it.
    using entry = statements::node_type;

    explicit statement_cache(std::size_t capacity) noexcept : capacity_{capacity} {}

    /// The statement of that text; an empty entry if there is none.
    [[nodiscard]] entry take(std::string_view sql);
    /// A new entry for a statement that was just prepared.
    [[nodiscard]] entry add(std::string_view sql, std::unique_ptr<cursor> statement);
    /// Keeps a finished statement for the next one who wants it.
    void give_back(entry used) noexcept;
    /// Closes all that are idle.
    void clear() noexcept { idle_.clear(); }
    /// Keeps none, or as many as it was made for.
    void keep(bool any) noexcept
    {
        keeps_ = any;
        if (!any)
            clear();
    }

private:
    void drop_the_oldest() noexcept;

    statements idle_;
    std::size_t capacity_;
    std::uint64_t uses_ = 0;
    bool keeps_ = true;
};

/// A statement in use, from the cache and back into it.
class prepared {
public:
    prepared() noexcept = default;
    prepared(statement_cache& home, statement_cache::entry taken) noexcept : home_{&home}, entry_{std::move(taken)} {}
    prepared(prepared&& other) noexcept : home_{other.home_}, entry_{std::move(other.entry_)} {}
    prepared& operator=(prepared&& other) noexcept
    {
        reset();
        home_ = other.home_;
        entry_ = std::move(other.entry_);
        return *this;
    }
    ~prepared() { reset(); }

    /// Ends its run and gives it back; one that cannot run again is closed.
    void reset() noexcept;
    /// Closes it.
    void close() noexcept { entry_ = {}; }

    [[nodiscard]] cursor* operator->() const noexcept { return entry_.mapped().statement.get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return !entry_.empty(); }
    [[nodiscard]] std::string_view sql() const noexcept { return entry_.key(); }

private:
    statement_cache* home_ = nullptr;
    statement_cache::entry entry_;
};

} // namespace steward::inline v0::adapters::detail
