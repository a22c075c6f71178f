import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

struct OverviewTests {
    @Test func `each directory's users are counted by their state`() throws {
        let folder = try ScratchFolder()
        let store = try Store.withUser(in: folder)
        try store.database.execute(
            """
            INSERT INTO directories (id, name, read_at) VALUES (2, 'empty', NULL), (3, 'branch', 9);
            INSERT INTO users (directory, entry_id, dn, dn_key, username, username_key, state, digest,
                born_run, missing_since)
            VALUES (3, 'a', 'uid=a', x'03', 'a', 'a', 'active', x'', 1, NULL),
                   (3, 'b', 'uid=b', x'04', 'b', 'b', 'active', x'', 1, 5),
                   (3, 'c', 'uid=c', x'05', 'c', 'c', 'inactive', x'', 1, NULL),
                   (3, 'd', 'uid=d', x'06', 'd', 'd', 'locked', x'', 1, NULL),
                   (3, 'e', 'uid=e', x'07', 'e', 'e', 'locked', x'', 1, 7),
                   (3, 'f', 'uid=f', x'08', 'f', 'f', 'locked', x'', 1, 8)
            """)
        let overviews = try store.directoryOverviews()
        #expect(overviews.map(\.name) == ["branch", "empty", "hq"])
        #expect(overviews.map(\.active) == [2, 0, 2])
        #expect(overviews.map(\.inactive) == [1, 0, 0])
        #expect(overviews.map(\.locked) == [3, 0, 0])
        #expect(overviews.map(\.missing) == [3, 0, 0])
        #expect(overviews.map(\.readAt) == [Timestamp(seconds: 9), nil, nil])
        #expect(try store.countable(in: "branch") == 2)
        #expect(try store.countable(in: "nowhere") == 0)
        #expect(try store.directoryOverviews(without: ["hq", "empty"]).map(\.name) == ["branch"])
    }
}
