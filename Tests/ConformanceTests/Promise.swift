import Testing

/// What Lockstep does alike on each server: the rows of the README's table.
enum Promise: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case firstSync = "A first sync takes everybody in, with their roles"
    case unchangedSync = "A sync when nothing changed finds nothing"
    case change = "A changed entry is followed"
    case delete = "A deleted entry is missing, and nobody else"
    case rename = "A renamed entry stays the same user, roles and all"
    case moveOut = "An entry moved out of the base is missing"
    case lock = "After a lock the directory refuses the bind"
    case unlock = "After an unlock it allows the bind"
    case drift = "A locked account that was opened by hand is locked again"
    case lastMember = "The last member is taken out of a group"
    case largeGroup = "One member is taken out of a group of a thousand, the others stay"
    case nestedGroup = "Roles through nested groups come and go"
    case restart = "Changes are found across a restart of the server"
    case staleState = "With a stale state everything is read, and nobody is lost"
    case sizeLimit = "Under a size limit nobody is taken for gone"
    case specialCharacters = "Special characters in names are no obstacle"
    case failover = "The next server is used when the first is down"
    case cut = "A connection cut during a lock: a retry completes it"
    case stall = "A server that stalls during a lock: a retry completes it"
    case killed = "A server that is killed and started again: a retry completes the lock"
    case readOnly = "A server that takes no writes: a retry completes the lock"
    case follow = "A follower sees each change, across a cut and a restart of the server"
    case followStall = "A follower finds out a server that stalls, and finds it back"
    case followRights =
        "A follower says when it is shown nobody any more, and takes nobody for gone"
    case followPassword =
        "A follower whose password is changed says so once, and goes on with the new one"
    case followCookie = "A follower whose cookie is of no use reads everything, and loses nobody"
    case followBeside = "Beside a follower a sync, a lock, a retry and a backup do their work"
    case followBurst = "A follower keeps up with a burst of changes"
    case sample = "The sample configuration works as it stands, over TLS"

    var testDescription: String { rawValue }

    /// Tries it on a fresh server of this kind.
    func hold(on kind: DirectoryKind) throws {
        switch self {
        case .firstSync: try Self.firstSync(ConformanceLab(kind))
        case .unchangedSync: try Self.unchangedSync(ConformanceLab(kind))
        case .change: try Self.change(ConformanceLab(kind))
        case .delete: try Self.delete(ConformanceLab(kind))
        case .rename: try Self.rename(ConformanceLab(kind))
        case .moveOut: try Self.moveOut(ConformanceLab(kind))
        case .lock: try Self.lock(ConformanceLab(kind))
        case .unlock: try Self.unlock(ConformanceLab(kind))
        case .drift: try Self.drift(ConformanceLab(kind))
        case .lastMember: try Self.lastMember(ConformanceLab(kind))
        case .largeGroup: try Self.largeGroup(ConformanceLab(kind))
        case .nestedGroup: try Self.nestedGroup(ConformanceLab(kind))
        case .restart: try Self.restart(ConformanceLab(kind))
        case .staleState: try Self.staleState(ConformanceLab(kind))
        case .sizeLimit: try Self.sizeLimit(kind)
        case .specialCharacters: try Self.specialCharacters(ConformanceLab(kind))
        case .failover: try Self.failover(ConformanceLab(kind))
        case .cut: try Self.cut(ConformanceLab(kind))
        case .stall: try Self.stall(ConformanceLab(kind))
        case .killed: try Self.killed(ConformanceLab(kind))
        case .readOnly: try Self.readOnly(ConformanceLab(kind))
        case .follow: try Self.follow(ConformanceLab(kind))
        case .followStall: try Self.followStall(ConformanceLab(kind))
        case .followRights: try Self.followRights(ConformanceLab(kind))
        case .followPassword: try Self.followPassword(ConformanceLab(kind))
        case .followCookie: try Self.followCookie(ConformanceLab(kind))
        case .followBeside: try Self.followBeside(ConformanceLab(kind))
        case .followBurst: try Self.followBurst(ConformanceLab(kind))
        case .sample: try Self.sample(kind)
        }
    }
}
