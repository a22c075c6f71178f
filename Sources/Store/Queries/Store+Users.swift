package import Identity
package import LDAP

extension Store {
    package func user(_ id: UserID) throws(StoreError) -> User? {
        try UserReader(self).user(id)
    }

    /// Those whom the words of a person name.
    package func find(_ text: String) throws(StoreError) -> UserLookup.Matches {
        try UserLookup(self).find(text)
    }

    /// The quick search; `text` nil: all of the state, `state` nil: of any.
    package func search(
        _ text: String?, state: UserState?, limit: Int
    ) throws(StoreError) -> UserSearch.Found {
        let search = try UserSearch(self)
        guard let text else { return try search.all(state, limit: limit) }
        return try search.find(text, state: state, limit: limit)
    }

    /// The roles that the user holds, direct and nested.
    package func roles(of user: UserID) throws(StoreError) -> [Role] {
        try RoleReader(self).roles(of: user)
    }

    /// The groups that the store knows the user to be a direct member of, withdrawn ones too whose
    /// directory step may be unfinished.
    package func directGroups(of user: UserID) throws(StoreError) -> [StoredMembership] {
        let statement = try database.prepare(
            """
            SELECT g.entry_id, g.dn, g.dn_key, g.name, g.id, m.member IS NOT u.dn_key AS is_by_uid
            FROM users u
            CROSS JOIN memberships m ON m.member IN (
                SELECT u.dn_key UNION ALL SELECT u.uid_key
                UNION ALL SELECT o.uid_key FROM other_uids o WHERE o.user = u.id)
            CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory
            WHERE u.id = ? AND g.missing_since IS NULL ORDER BY g.dn
            """)
        try statement.bind(user, at: 1)
        return try statement.all { row throws(StoreError) in
            try StoredMembership(
                group: RoleGroup(
                    entryID: EntryID(row.text("entry_id")), dn: row.dn("dn"),
                    dnKey: row.memberKey("dn_key"), name: row.text("name")),
                row: row.id("id"),
                isByUID: row.int("is_by_uid") == 1)
        }
    }

    /// The row of a group; nil where no sync has seen it.
    package func groupRow(_ id: EntryID, directory: DirectoryName) throws(StoreError) -> GroupID? {
        let statement = try database.prepare(
            """
            SELECT g.id FROM role_groups g JOIN directories d ON d.id = g.directory
            WHERE d.name = ? AND g.entry_id = ?
            """)
        try statement.bind(directory, at: 1)
        try statement.bind(id.text, at: 2)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }

    /// The rows of the groups that these are members of, however deep.
    package func groupsAbove(_ rows: [GroupID]) throws(StoreError) -> Set<GroupID> {
        guard !rows.isEmpty else { return [] }
        let above = try database.prepare(
            """
            WITH RECURSIVE held (id) AS (
                VALUES (?)
                UNION
                SELECT above.id FROM held
                JOIN role_groups g ON g.id = held.id
                JOIN memberships m ON m.member = g.dn_key
                JOIN role_groups above ON above.id = m.role_group AND above.directory = g.directory
                WHERE above.missing_since IS NULL)
            SELECT id FROM held
            """)
        var found: Set<GroupID> = []
        for row in rows {
            try above.bind(row, at: 1)
            found.formUnion(
                try above.all { row throws(StoreError) in try row.id("id") })
            above.reset()
        }
        return found.subtracting(rows)
    }

    /// How many members the group had at the last sync, counted up to `limit`.
    package func memberCount(group: GroupID, upTo limit: Int64) throws(StoreError) -> Int64 {
        let statement = try database.prepare(
            """
            SELECT count(*) FROM (SELECT 1 FROM memberships WHERE role_group = ? LIMIT ?)
            """)
        try statement.bind(group, at: 1)
        try statement.bind(limit, at: 2)
        return try statement.firstNumber() ?? 0
    }
}

extension Store {
    /// The row of an entry's user; nil where the store does not know the entry.
    package func userRow(_ id: EntryID, directory: DirectoryName) throws(StoreError) -> UserID? {
        let statement = try database.prepare(
            """
            SELECT u.id FROM users u JOIN directories d ON d.id = u.directory
            WHERE d.name = ? AND u.entry_id = ?
            """)
        try statement.bind(directory, at: 1)
        try statement.bind(id.text, at: 2)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }
}

extension Store {
    /// Whether any other entry of a user is known to be there in the directory.
    package func knowsUser(besides id: EntryID, in directory: DirectoryName) throws(StoreError)
        -> Bool
    {
        // The plus keeps SQLite from an index on the directory: one of the first rows will do.
        try knows(
            """
            SELECT 1 FROM users WHERE +directory = (SELECT id FROM directories WHERE name = ?) \
            AND entry_id != ? AND missing_since IS NULL LIMIT 1
            """, id, directory)
    }

    /// Whether any other role group is known to be there in the directory.
    package func knowsGroup(besides id: EntryID, in directory: DirectoryName) throws(StoreError)
        -> Bool
    {
        try knows(
            """
            SELECT 1 FROM role_groups WHERE directory = (SELECT id FROM directories WHERE name = ?) \
            AND entry_id != ? AND missing_since IS NULL LIMIT 1
            """, id, directory)
    }

    private func knows(
        _ sql: StaticString, _ id: EntryID, _ directory: DirectoryName
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(sql)
        try statement.bind(directory, at: 1)
        try statement.bind(id.text, at: 2)
        return try statement.hasRow()
    }

    /// Present users of other directories who have one of these properties in common with the user.
    package func samePerson(
        as user: User, by properties: [PersonProperty]
    ) throws(StoreError) -> [User] {
        // With one directory there is nobody to look for among all of its users.
        guard try database.integer("SELECT count(*) FROM directories") > 1 else { return [] }
        var found: [User] = []
        for property in properties {
            guard let value = user.record.value(of: property) else { continue }
            for other in try find(value).users
            where other.directory != user.directory && other.missingSince == nil
                && other.record.has(value, as: property)
                && !found.contains(where: { $0.id == other.id })
            {
                found.append(other)
            }
        }
        return found
    }

    /// Whether the only group of this name that the store knows was proven to be gone.
    package func isGone(group: DN, directory: DirectoryName) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            SELECT count(*) AS groups, count(g.missing_since) AS missing FROM role_groups g
            JOIN directories d ON d.id = g.directory WHERE d.name = ? AND g.dn_key = ?
            """)
        try statement.bind(directory, at: 1)
        try statement.bind(MemberKey(group), at: 2)
        let counts = try statement.first { row throws(StoreError) in
            try (row.int("groups"), row.int("missing"))
        }
        return counts.map { $0.0 > 0 && $0.0 == $0.1 } ?? false
    }

    /// The groups that each of these names, a role's name or a group's DN, stands for.
    package func groups(
        ofRoles names: [String], directory: DirectoryName
    ) throws(StoreError) -> [(name: String, groups: [RoleGroup])] {
        let statement = try database.prepare(
            """
            SELECT g.entry_id, g.dn, g.dn_key, g.name FROM role_groups g
            JOIN directories d ON d.id = g.directory
            WHERE d.name = ? AND g.missing_since IS NULL AND (g.name = ? OR g.dn_key = ?)
            ORDER BY g.dn
            """)
        var found: [(name: String, groups: [RoleGroup])] = []
        for name in names {
            // A role may be called as no group is: then the key is nobody's.
            let key = DN(name).map { MemberKey($0) }
            try statement.bind(directory, at: 1)
            try statement.bind(name, at: 2)
            try statement.bind(key, at: 3)
            let groups = try statement.all { row throws(StoreError) in
                try RoleGroup(
                    entryID: EntryID(row.text("entry_id")), dn: row.dn("dn"),
                    dnKey: row.memberKey("dn_key"), name: row.text("name"))
            }
            found.append((name, groups))
        }
        return found
    }
}

extension UserRecord {
    fileprivate func value(of property: PersonProperty) -> String? {
        switch property {
        case .employeeNumber: employeeNumber
        case .username: username
        case .mail: mail
        }
    }

    /// A number is compared as it is, a name in any case.
    fileprivate func has(_ value: String, as property: PersonProperty) -> Bool {
        switch property {
        case .employeeNumber: employeeNumber == value
        case .username, .mail:
            self.value(of: property)?.directoryFolded == value.directoryFolded
        }
    }
}

/// A group that the store knows a user to be in.
package struct StoredMembership: Sendable {
    package let group: RoleGroup
    /// The group's row.
    package let row: GroupID
    /// Through `memberUid`, by the value of `uid`; else by DN.
    package let isByUID: Bool
}
