using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Pipelines.Tests.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Runs a whole pipeline, over a table of numbers and words, with every option of every step that needs no images.</summary>
public class EveryOptionTests
{
    private const int Rows = 60;

    /// <summary>By option, or by step and option: columns that samples would not name, and values that only make sense beside others.</summary>
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["labelColumn"] = "\"Key\"",
        ["featureColumn"] = "\"Features\"",
        ["exampleWeightColumn"] = "\"weight\"",
        ["input"] = "\"Features\"",
        ["output"] = "\"Out\"",
        ["inputs"] = "[\"Features\"]",
        ["minimumExampleCountPerLeaf"] = "2",
        ["binaryEstimator"] = """{ "type": "AveragedPerceptron" }""",
        ["DropColumns.columns"] = "[\"x\"]",
        ["SelectColumns.columns"] = """["Features", "Key"]""",
        ["MapKeyToValue.input"] = "\"Key\"",
        ["MapKeyToVector.input"] = "\"Key\"",
        ["ConvertType.outputKind"] = "\"double\"",
        ["FeaturizeText.inputs"] = "[\"Group\"]",
        ["FeaturizeText.outputTokensColumn"] = "\"Words\"",
        ["ProjectToPrincipalComponents.rank"] = "2",
        ["ProjectToPrincipalComponents.overSampling"] = "1",
        ["SelectFeaturesBasedOnMutualInformation.slotsInOutput"] = "2",
        ["Gam.gainConfidenceLevel"] = "0",
        ["l2Regularization"] = "0.25",
        ["cheap"] = """[{ "type": "LbfgsMaximumEntropy", "labelColumn": "Key", "l2Regularization": 10 }]""",
        ["costly"] = """[{ "type": "NormalizeMinMax", "output": "Features" }, { "type": "LbfgsMaximumEntropy", "labelColumn": "Key" }]""",
        ["models"] = """[[{ "type": "LbfgsMaximumEntropy", "labelColumn": "Key" }], [{ "type": "NaiveBayes", "labelColumn": "Key" }]]""",
        ["groupColumn"] = "\"Group\"",
        ["Ensemble.weights"] = "[1, 0.5]",
        ["Ensemble.folds"] = "2, \"combination\": \"stack\"",
        ["Ensemble.l2Regularization"] = "0.5, \"combination\": \"stack\"",
        ["FastForest.allowEmptyTrees"] = "false, \"numberOfLeaves\": 2, \"numberOfTrees\": 1",
        ["LightGbm.booster"] = """{ "type": "DartBooster" }""",
        ["conceptColumn"] = "\"style\"",
        ["domainColumn"] = "\"style\"",
        ["AdaptFeatures.source"] = "\"drawn\"",
        ["AdaptFeatures.target"] = "\"photo\"",
        ["TrAdaBoost.source"] = "\"drawn\"",
        ["ImportanceWeights.source"] = "\"drawn\"",
        ["ImportanceWeights.target"] = "\"photo\"",
        ["maximumWeight"] = "5",
        ["recencyGain"] = "0.5, \"lazyUpdate\": false",
        ["recencyGainMultiplicative"] = "true, \"lazyUpdate\": false",
    };

    /// <summary>Options that every case has beside the one that it is about.</summary>
    private static readonly string[] _always = ["labelColumn", "featureColumn", "input", "output", "minimumExampleCountPerLeaf", "inputs", "rank", "overSampling", "domainColumn", "conceptColumn", "source", "target"];

    private string _folder = "";

    private static IEnumerable<object[]> Options => StepTable.All
        .SkipWhile(step => step.Name != "CopyColumns")
        .Where(step => step.Name is not ("Cascade" or "FineTune" or "ImageClassification"))
        .SelectMany(step => step.Options.Where(option => !option.Required).Select(option => option.Name).Prepend("").Select(option => new object[] { step.Name, option }));

    [OneTimeSetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-options-").FullName;
        var random = new Random(3);
        File.WriteAllLines(
            Path.Combine(_folder, "rows.csv"),
            Enumerable.Range(0, Rows).Select(row => FormattableString.Invariant($"{row % 3 + random.NextDouble()},{random.NextDouble()},{random.NextDouble()},{1 + (row % 2)},{row % 3},Fruit no {row / 3} is ripe!,{(row % 4 < 2 ? "drawn" : "photo")}")).Prepend("x,y,z,weight,label,text,style"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Options))]
    public async Task Run_StepWithOneOption_ComesToItsEnd(string name, string option)
    {
        var step = StepSamples.Step(name, wanted => wanted == option || _always.Contains(wanted));
        foreach (var key in step.Select(value => value.Key).ToList())
        {
            if ((_values.GetValueOrDefault($"{name}.{key}") ?? _values.GetValueOrDefault(key)) is { } value)
                Lay(step, JsonNode.Parse($"{{ \"{key}\": {value} }}")!.AsObject());
        }

        var tasks = StepTable.All.First(known => known.Name == name).Tasks;
        var definitions = (tasks.Count > 0 ? tasks : [PipelineTask.Multiclass]).Select(task => Definition(step, task, isTrainer: tasks.Count > 0)).ToList();
        var definition = definitions.Select(json => Read(json)).OfType<PipelineDefinition>().FirstOrDefault() ?? PipelineReader.Parse(definitions[0], "p.json", _folder);
        var result = await new PipelineRunner().RunAsync(definition);
        Assert.That(result.Test!.Rows, Is.EqualTo(result.TestRows));
        Assert.That(result.TrainRows + result.TestRows, Is.EqualTo(Rows));
    }

    private static void Lay(JsonObject step, JsonObject values)
    {
        foreach (var (key, value) in values)
            step[key] = value!.DeepClone();
    }

    private PipelineDefinition? Read(string json)
    {
        try
        {
            return PipelineReader.Parse(json, "p.json", _folder);
        }
        catch (PipelineFormatException)
        {
            return null;
        }
    }

    private static string Definition(JsonObject step, PipelineTask task, bool isTrainer)
    {
        var label = task switch { PipelineTask.Binary or PipelineTask.Regression => "Label", _ => "Key" };
        var steps = new JsonArray(JsonNode.Parse("""{ "type": "Concatenate", "output": "Features", "inputs": ["x", "y", "z"] }"""));
        if (label == "Key")
            steps.Add(JsonNode.Parse("""{ "type": "MapValueToKey", "output": "Key", "input": "Label" }"""));
        if (isTrainer)
            step["labelColumn"] = label;
        steps.Add(step.DeepClone());
        if (!isTrainer)
            steps.Add(JsonNode.Parse("""{ "type": "LbfgsMaximumEntropy", "labelColumn": "Key", "featureColumn": "Features" }"""));
        return new JsonObject
        {
            ["task"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(task.ToString()),
            ["data"] = JsonNode.Parse("""{ "type": "csv", "path": "rows.csv", "image": null, "group": "text", "texts": ["style"], "numbers": ["x", "y", "z", "weight"] }"""),
            ["split"] = JsonNode.Parse("""{ "folds": 0, "testFraction": 0.3 }"""),
            ["estimators"] = steps,
            ["evaluation"] = task == PipelineTask.Binary ? JsonNode.Parse("""{ "positiveLabel": "1" }""") : new JsonObject(),
            ["outputs"] = JsonNode.Parse("""{ "folder": "out", "bundle": null, "report": null }"""),
        }.ToJsonString();
    }
}
