// SPDX-License-Identifier: BSL-1.0
module peers/puddle

go 1.19

require github.com/jackc/puddle/v2 v2.2.3

require golang.org/x/sync v0.1.0 // indirect
