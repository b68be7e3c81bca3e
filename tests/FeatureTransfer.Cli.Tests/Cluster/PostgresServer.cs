using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>A PostgreSQL server of the test's own, on a free port of 127.0.0.1, in a temporary folder that goes with it.</summary>
internal sealed class PostgresServer : IDisposable
{
    // Another user has to reach it, and the tests' own folder is closed to others.
    private readonly string _root = Directory.CreateDirectory($"/tmp/ft-postgres-{Guid.NewGuid():N}").FullName;
    private readonly string _bin;

    private PostgresServer(string bin)
    {
        _bin = bin;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        if (IsRoot)
            Run("chown", "nobody", _root);
        RunAsServer("initdb", "--pgdata", Data, "--username", "ft", "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C");
        RunAsServer("pg_ctl", "start", "--pgdata", Data, "--wait", "--log", Path.Combine(_root, "log"), "--options", string.Create(CultureInfo.InvariantCulture, $"-p {Port} -h 127.0.0.1 -k {_root} -F"));
    }

    private int Port { get; }

    /// <summary>Its address, for <c>--cluster</c>.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"postgres://ft@127.0.0.1:{Port}/postgres");

    private string Data => Path.Combine(_root, "data");

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Starts one; without PostgreSQL the test is skipped.</summary>
    public static PostgresServer Start()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order().LastOrDefault()
            : null;
        if (bin is null)
            Assert.Ignore("There is no PostgreSQL below /usr/lib/postgresql, where Debian's package postgresql puts it.");
        return new PostgresServer(bin!);
    }

    public void Dispose()
    {
        RunAsServer("pg_ctl", "stop", "--pgdata", Data, "--mode", "immediate", "--wait");
        Directory.Delete(_root, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private void RunAsServer(string program, params string[] args)
    {
        var path = Path.Combine(_bin, program);
        if (IsRoot)
            Run("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", path, .. args]);
        else
            Run(path, args);
    }

    private void Run(string program, params string[] args)
    {
        // The server inherits what its starter writes to, so nothing here waits for the end of that.
        var said = Path.Combine(_root, "said");
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1 < /dev/null", said, program, .. args]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)) || process.ExitCode != 0)
            Assert.Fail($"{program} {string.Join(' ', args)}: {File.ReadAllText(said)}");
    }
}
