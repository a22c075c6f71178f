internal import Identity

/// The tables `other_names` and `other_uids`: what a user is called beside the one name in `users`.
final class UserNames {
    private let name: Statement
    private let uid: Statement
    private let dropNames: Statement
    private let dropUids: Statement

    init(_ database: Database) throws(StoreError) {
        name = try database.prepare(
            "INSERT OR IGNORE INTO other_names (user, name, name_key) VALUES (?, ?, ?)")
        uid = try database.prepare("INSERT OR IGNORE INTO other_uids (user, uid_key) VALUES (?, ?)")
        dropNames = try database.prepare("DELETE FROM other_names WHERE user = ?")
        dropUids = try database.prepare("DELETE FROM other_uids WHERE user = ?")
    }

    func insert(_ record: UserRecord, user: UserID) throws(StoreError) {
        for other in record.otherNames {
            try name.bind(user, at: 1)
            try name.bind(other.text, at: 2)
            try name.bind(other.key, at: 3)
            try name.run()
        }
        try insert(record.otherUidKeys, user: user)
    }

    func replace(
        _ old: UserRecord, by new: UserRecord, user: UserID
    ) throws(StoreError) {
        guard old.otherNames != new.otherNames || old.otherUidKeys != new.otherUidKeys else {
            return
        }
        try drop(by: dropNames, user: user)
        try drop(by: dropUids, user: user)
        try insert(new, user: user)
    }

    func setUids(_ keys: [MemberKey], of user: UserID) throws(StoreError) {
        try drop(by: dropUids, user: user)
        try insert(keys, user: user)
    }

    private func insert(_ keys: [MemberKey], user: UserID) throws(StoreError) {
        for key in keys {
            try uid.bind(user, at: 1)
            try uid.bind(key, at: 2)
            try uid.run()
        }
    }

    private func drop(by statement: borrowing Statement, user: UserID) throws(StoreError) {
        try statement.bind(user, at: 1)
        try statement.run()
    }
}
