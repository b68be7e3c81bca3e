using FeatureTransfer.Cli.Commands;
using FeatureTransfer.Orleans;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Which cluster an address names, and what is refused before anything is connected.</summary>
public class ClusterOptionTests
{
    [TestCase("localhost", 5100)]
    [TestCase("localhost:7000", 7000)]
    public void Read_Localhost_IsThisMachine(string address, int port) =>
        Assert.That(ClusterOption.Read(address), Is.EqualTo(new ExtractionClusterOptions { LocalPort = port }));

    [Test]
    public void Read_Postgres_IsTheDatabase() =>
        Assert.That(ClusterOption.Read("postgres://ft:s%40crt@db:6000/jobs").ConnectionString, Does.Contain("Host=db").And.Contain("Port=6000").And.Contain("Database=jobs").And.Contain("s@crt"));

    [TestCase("localhost:0", "localhost")]
    [TestCase("localhost:x", "localhost")]
    [TestCase("mysql://db", "postgres://")]
    [TestCase("", "postgres://")]
    [TestCase("postgres", ClusterOption.AddressVariable)]
    public void Read_NoAddress_SaysWhatIsExpected(string address, string expected) =>
        Assert.That(() => ClusterOption.Read(address), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected));

    [Test]
    public void Validate_OutOfRange_NamesAll() => Assert.That(
        new ExtractionClusterOptions { LocalPort = 0, DeadAfter = TimeSpan.FromSeconds(1), ShardRows = 0 }.Validate,
        Throws.ArgumentException.With.Message.Contains("LocalPort").And.Message.Contains("DeadAfter").And.Message.Contains("ShardRows"));

    [TestCase("--no-cache", "--no-cache does not go with --cluster", "--cluster", "localhost")]
    [TestCase("--store", "go with --cluster", "folder")]
    [TestCase("--shard-rows", "1 to 1000000", "0", "--cluster", "localhost")]
    public async Task Extract_OptionsThatDoNotGoTogether_AreWrongUsage(string option, string expected, params string[] more)
    {
        var (code, _, error) = await Ft.RunAsync(["extract", "photos", "--output", "x.csv", option, .. more]);
        Assert.That((code, error), Is.EqualTo((ExitCodes.Usage, error)));
        Assert.That(error, Does.Contain(expected));
    }

    [TestCase(ExitCodes.Usage, "--cluster")]
    [TestCase(ExitCodes.BadInput, "expected postgres://", "--cluster", "nonsense")]
    [TestCase(ExitCodes.Usage, "IP address", "--cluster", "localhost", "--host", "a-name")]
    [TestCase(ExitCodes.Usage, "3 to 3600", "--cluster", "localhost", "--dead-after", "1")]
    [TestCase(ExitCodes.BadInput, "127.0.0.1:1", "--cluster", "postgres://ft:secret@127.0.0.1:1/ft")]
    public async Task Silo_WrongOption_SaysWhat(int expectedCode, string expected, params string[] args)
    {
        var (code, _, error) = await Ft.RunAsync(["silo", .. args]);
        Assert.That((code, error), Is.EqualTo((expectedCode, error)));
        Assert.That(error, Does.Contain(expected).And.Not.Contain("secret"));
    }
}
