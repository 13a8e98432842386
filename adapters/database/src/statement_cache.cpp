// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/statement_cache.hpp>

#include <algorithm>

namespace steward::inline v0::adapters::detail {

statement_cache::entry statement_cache::take(std::string_view sql)
{
    const auto found = idle_.find(sql);
    return found == idle_.end() ? entry{} : idle_.extract(found);
}

statement_cache::entry statement_cache::add(std::string_view sql, std::unique_ptr<cursor> statement)
{
    statements one;
    return one.extract(one.emplace(sql, kept{std::move(statement)}).first);
}

void statement_cache::give_back(entry used) noexcept
{
    if (!keeps_ || capacity_ == 0)
        return;
    used.mapped().last_use = ++uses_;
    try {
        // A second statement of the same text, which was in use at the same time, is one too many.
        if (idle_.insert(std::move(used)).inserted && idle_.size() > capacity_)
            drop_the_oldest();
    } catch (...) { // NOLINT(bugprone-empty-catch): no memory for a larger table: then it is not kept
    }
}

void statement_cache::drop_the_oldest() noexcept
{
    idle_.erase(std::ranges::min_element(idle_, {}, [](const auto& item) { return item.second.last_use; }));
}

void prepared::reset() noexcept
{
    if (entry_.empty())
        return;
    if (entry_.mapped().statement->finish())
        home_->give_back(std::move(entry_));
    entry_ = {};
}

} // namespace steward::inline v0::adapters::detail
