using System.Text;
using FeatureTransfer.Inputs;
using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Lists of inputs, whole and by shard.</summary>
public class InputListTests
{
    private string _list = "";

    [SetUp]
    public void MakePath() => _list = Path.Combine(Directory.CreateTempSubdirectory("ft-list-").FullName, "list.jsonl");

    [TearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(_list)!, recursive: true);

    [TestCase(1, new[] { 1, 1, 1, 1, 1 })]
    [TestCase(2, new[] { 2, 2, 1 })]
    [TestCase(5, new[] { 5 })]
    [TestCase(9, new[] { 5 })]
    public void Write_ShardsOfEverySize_HoldEachRowOnceInItsOrder(int rows, int[] expected)
    {
        string[] names = ["a.png", "ä ö.png", "line\nbreak.png", "b/c.png", "\"quoted\".png"];
        var shards = InputList.Write(_list, names.Select(InputValue.FromFile), rows, CancellationToken.None);
        Assert.That(shards.Select(shard => shard.Rows), Is.EqualTo(expected));
        Assert.That(shards.Select(shard => shard.Number), Is.EqualTo(Enumerable.Range(0, expected.Length)));
        Assert.That(shards.SelectMany(shard => InputList.Read(_list, shard, "/pictures")).Select(input => input.Name), Is.EqualTo(names.Select(name => "/pictures/" + name)));
        Assert.That(InputList.Read(_list).Select(input => (input.Name, input.IsFile)), Is.EqualTo(names.Select(name => (name, true))));
    }

    [Test]
    public void Write_TextsAndFaults_ComeBackAsTheyWere()
    {
        InputValue[] inputs = [InputValue.FromText("a text", "its name"), InputValue.FromReader("torn", () => throw new BadInputException("torn", "it is torn"))];
        InputList.Write(_list, inputs, 8, CancellationToken.None);
        var read = InputList.Read(_list).ToList();
        Assert.That((read[0].Name, Encoding.UTF8.GetString(read[0].Read().Span), read[0].IsFile), Is.EqualTo(("its name", Encoding.UTF8.GetString(inputs[0].Read().Span), false)));
        Assert.That(() => read[1].Read(), Throws.TypeOf<BadInputException>().With.Property(nameof(BadInputException.Reason)).EqualTo("it is torn"));
    }
}
