using System.CommandLine;
using System.Text.Json.Nodes;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Whatever a user gives to a command, ft knows that it was the user: no stack trace, no "this should not happen".</summary>
public class HostileInputTests
{
    private static readonly string?[] _odd = ["null", "-1", "0", "1e400", "3.5", "\"\"", "\"x\"", "\"${NO_SUCH}\"", "\"..\"", "[]", "[null]", "{}", "{\"type\":\"x\"}", "true", "\"\\u0000\"", null];
    private readonly HostileFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void AnyCommand_AnyArguments_EndsWithAMessage([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        var commands = Leaves(FtApp.Root(new GlobalOptions(), _ => throw new InvalidOperationException()), []).ToList();
        var (path, command) = commands[random.Next(commands.Count)];
        Check([.. path, .. Arguments(command, random)]);
    }

    [Test]
    public void EveryCommand_EmptyArguments_EndsWithAMessage([ValueSource(nameof(CommandNames))] string command)
    {
        Check([.. command.Split(' '), ""]);
        Check([.. command.Split(' '), "", _folder.Root]);
        Check([.. command.Split(' '), _folder.Pipeline, ""]);
    }

    [Test]
    public void Pipeline_AnyMemberChanged_EndsWithAMessage([Range(1, 100)] int seed)
    {
        var file = _folder.Write("changed.json", Changed(File.ReadAllText(_folder.Pipeline), new Random(seed)));
        Check(["pipelines", "validate", file]);
        Check(["run", file, "--quiet"]);
    }

    [Test]
    public void Card_AnyMemberChanged_EndsWithAMessage([Range(1, 100)] int seed)
    {
        var file = _folder.Write("changed.json", Changed(HostileFolder.Card, new Random(seed)));
        Check(["models", "inspect", file]);
        Check(["extract", _folder.Image, "--backbone", file, "--output", Path.Combine(_folder.Root, "features.csv"), "--no-cache"]);
    }

    [Test]
    public void Metrics_AnyMemberChanged_EndWithAMessage([Range(1, 100)] int seed)
    {
        const string Metrics = """{ "name": "a", "task": "multiclass", "seconds": 2.5, "rows": 9, "crossValidation": { "mean": { "microAccuracy": 0.5 }, "interval": { "low": 0.4, "high": 0.6 } }, "test": { "microAccuracy": 0.5, "logLoss": null, "task": "multiclass", "perClass": [{ "label": "x", "precision": 0.5, "recall": 0.5, "count": 2 }] }, "pipeline": { "name": "a", "outputs": { "predictions": "predictions.csv" } } }""";
        _folder.Write("predictions.csv", "input,label,predicted,confidence\n1.png,x,x,0.5\n2.png,y,x,0.5\n");
        var (good, changed) = (_folder.Write("metrics.json", Metrics), _folder.Write("changed-metrics.json", Changed(Metrics, new Random(seed))));
        Check(["report", "compare", good, changed, "--out", Path.Combine(_folder.Root, "comparison.html")]);
    }

    [TestCase("quote.csv", "quote.csv(2)")]
    [TestCase("short.csv", "short.csv(2)")]
    public async Task Extract_FaultyRow_IsRejectedByFileAndLine(string table, string place)
    {
        var output = Path.Combine(_folder.Root, "features.csv");
        var (code, _, error) = await Ft.RunAsync("extract", Path.Combine(_folder.Root, table), "--backbone", Path.Combine(_folder.Root, "card.json"), "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
        Assert.That(await File.ReadAllTextAsync(output + ".rejected.jsonl"), Does.Contain(place));
    }

    [Test]
    public void Extract_EmptyTable_NamesTheFile() =>
        Check(["extract", Path.Combine(_folder.Root, "empty.csv"), "--backbone", Path.Combine(_folder.Root, "card.json"), "--output", Path.Combine(_folder.Root, "features.csv")], "empty.csv", "is empty");

    [Test]
    public void Run_OptionsThatLearnNothing_NameTheStep() => Check(
        ["run", _folder.Pipeline, "--set", "estimators[3]={\"type\":\"FineTune\",\"backbone\":\"colours.onnx\",\"headEpochs\":0,\"epochs\":0}"],
        "$.estimators[3]: FineTune",
        "HeadEpochs and Epochs are both 0");

    [Test]
    public void Run_ColumnThatNoStepMakes_NamesTheStepAndTheColumns() => Check(
        ["run", _folder.Pipeline, "--set", "estimators[2].output=\"Featurs\""],
        "NormalizeMeanVariance",
        "Featurs",
        "Features");

    private static IEnumerable<string> CommandNames() => Leaves(FtApp.Root(new GlobalOptions(), _ => throw new InvalidOperationException()), []).Select(leaf => string.Join(' ', leaf.Path));

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(child => Leaves(child, [.. path, child.Name]));

    // A backbone is always named: the default one would be fetched.
    private IEnumerable<string> Arguments(Command command, Random random)
    {
        foreach (var argument in command.Arguments)
        {
            for (var count = random.Next(Math.Min(1, argument.Arity.MinimumNumberOfValues), 3); count > 0; count--)
                yield return Value(random);
        }

        foreach (var option in command.Options.Where(option => option.Required || option.Name == "--backbone" || random.Next(4) == 0))
        {
            yield return option.Name;
            if (option.ValueType != typeof(bool))
                yield return Value(random);
        }
    }

    private string Value(Random random) => _folder.Values[random.Next(_folder.Values.Count)];

    private static string Changed(string json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        if (random.Next(8) == 0)
            return json[..random.Next(json.Length)];
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var places = Places(root).ToList();
            Put(places[random.Next(places.Count)], _odd[random.Next(_odd.Length)]);
        }

        return root.ToJsonString().Replace("\"TOO LARGE\"", "1e400", StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Places(member.Value!).Prepend(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Places(item!).Prepend(item!)),
        _ => [],
    };

    private static void Put(JsonNode place, string? odd)
    {
        var value = odd == "1e400" ? "TOO LARGE" : odd is null ? null : JsonNode.Parse(odd);
        if (place.Parent is JsonArray items)
            items[place.GetElementIndex()] = value;
        else if (place.Parent is JsonObject members && odd is null)
            members.Remove(place.GetPropertyName());
        else if (place.Parent is JsonObject others)
            others[place.GetPropertyName()] = value;
    }

    private static void Check(string[] args, params string[] parts)
    {
        var (code, _, error) = Ft.RunAsync(args).GetAwaiter().GetResult();
        var call = string.Join(' ', args.Select(arg => arg.Length > 100 ? arg[..100] : arg));

        // The first two find something missing, which is no failure of theirs; the third asks, and nobody answers.
        int[] expected = args[0] == "doctor" || args is ["models", "verify", ..] ? [0, 1, 2, 3, 4] : args is ["cache", "clear", ..] ? [0, 2, 3, 130] : parts.Length > 0 ? [3] : [0, 2, 3, 4];
        Assert.Multiple(() =>
        {
            Assert.That(expected, Does.Contain(code), $"{call}: {error}");
            Assert.That(error, Does.Not.Contain("should not happen").And.Not.Contain("   at "), call);
            foreach (var part in parts)
                Assert.That(error, Does.Contain(part));
        });
    }
}
