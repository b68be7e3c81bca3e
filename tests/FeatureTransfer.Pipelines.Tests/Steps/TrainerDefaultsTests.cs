using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Holds names and defaults of trainers' options against ML.NET's option classes, in every catalog that has the trainer.</summary>
public class TrainerDefaultsTests
{
    /// <summary>ML.NET's options that steps lack, with the reason.</summary>
    private static readonly Dictionary<string, string[]> _leftOut = new(StringComparer.Ordinal)
    {
        ["the pipeline's seed is the seed of everything random"] = ["seed", "featureSelectionSeed"],
        ["it prints"] = ["verbose", "silent", "quiet", "showTrainingStatistics", "executionTime", "memoryStatistics"],
        ["it is an object of code"] = ["computeStandardDeviation", "earlyStoppingRule"],
        ["it needs validation rows, which a step has not"] =
        [
            "earlyStoppingMetric", "earlyStoppingRound", "evaluationMetric", "testFrequency", "writeLastEnsemble",
            "enablePruning", "useTolerantPruning", "pruningThreshold", "pruningWindowSize", "pruningMetrics",
        ],
        ["it is for ranking, or for quantiles, which no column holds"] = ["rowGroupColumn", "filterZeroLambdas", "numberOfQuantileSamples"],
        ["it changes memory and time, not the model"] = ["histogramPoolSize", "diskTranspose", "featureFlocks", "sparsifyThreshold", "denseOptimizer", "LightGbm.batchSize"],
        ["it has one value alone"] = ["Sdca.lossFunction"],
        ["the step has it as lossFunction"] = ["SdcaNonCalibrated.loss"],
        ["it starts one trainer by another"] = ["stochasticGradientDescentInitilaizationTolerance"],
    };

    private static IEnumerable<object[]> Sources => TrainerKinds.All.OfType<ITrainerKind>().SelectMany(kind => kind.Sources.Select(source => new object[] { kind.Info.Name, source.Key }));

    [TestCaseSource(nameof(Sources))]
    public void Trainer_Names_AreThoseOfTheOptionClass(string name, PipelineTask task)
    {
        var kind = Kind(name);
        var ours = kind.Info.Options.Select(option => option.Name).ToHashSet();
        var left = _leftOut.Values.SelectMany(names => names).Select(option => option.StartsWith($"{name}.", StringComparison.Ordinal) ? option[(name.Length + 1)..] : option).ToHashSet();
        var theirs = Members(kind.Sources[task].Options).Select(Name).ToHashSet();
        var elsewhere = kind.Sources.Values.SelectMany(source => Members(source.Options)).Select(Name).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(theirs.Except(ours).Except(left), Is.Empty, "options of ML.NET that the step lacks");
            Assert.That(ours.Except(theirs).Except(elsewhere), Is.Empty, "options of the step that ML.NET lacks");
            Assert.That(ours.Intersect(left), Is.Empty, "options that are left out, but are there");
        });
    }

    [TestCaseSource(nameof(Sources))]
    public void Trainer_Defaults_AreThoseOfTheOptionClass(string name, PipelineTask task)
    {
        var options = Kind(name).Sources[task].Options;
        AssertSame(options, Kind(name).Info.Options.ToDictionary(option => option.Name, option => JsonNode.Parse(option.Default!)));
    }

    [TestCase("GradientBooster", typeof(GradientBooster.Options))]
    [TestCase("DartBooster", typeof(DartBooster.Options))]
    [TestCase("GossBooster", typeof(GossBooster.Options))]
    public void Booster_NamesAndDefaults_AreThoseOfTheOptionClass(string name, Type options)
    {
        var schema = StepSamples.Schema("LightGbm")["properties"]!["booster"]!["oneOf"]!.AsArray().First(one => (string)one!["properties"]!["type"]!["const"]! == name)!;
        var ours = schema["properties"]!.AsObject().Where(property => property.Key != "type").ToDictionary(property => property.Key, property => property.Value!["default"]);
        Assert.That(ours.Keys, Is.EquivalentTo(Members(options).Select(Name)));
        AssertSame(options, ours);
    }

    [Test]
    public void LightGbm_Booster_IsTheDefaultOfMlNet()
    {
        // ML.NET's public property is null until it is set; what counts then is in a field of its own.
        var field = typeof(LightGbmBinaryTrainer.Options).GetField("BoosterFactory", BindingFlags.NonPublic | BindingFlags.Instance)!;
        Assert.That(field.GetValue(new LightGbmBinaryTrainer.Options()), Is.TypeOf<GradientBooster.Options>());
        Assert.That(new LightGbmStep().Booster, Is.EqualTo(new GradientBoosterOptions()));
    }

    [TestCase("AveragedPerceptron", "HingeLoss", typeof(HingeLoss))]
    [TestCase("AveragedPerceptron", "SmoothedHingeLoss", typeof(SmoothedHingeLoss))]
    [TestCase("OnlineGradientDescent", "TweedieLoss", typeof(TweedieLoss))]
    public void Loss_NamesAndDefaults_AreThoseOfTheConstructor(string trainer, string name, Type loss)
    {
        var schema = StepSamples.Schema(trainer)["properties"]!["lossFunction"]!["anyOf"]![0]!["oneOf"]!.AsArray().First(one => (string)one!["properties"]!["type"]!["const"]! == name)!;
        var ours = schema["properties"]!.AsObject().Where(property => property.Key != "type").ToDictionary(property => property.Key, property => Canonical(property.Value!["default"]));
        Assert.That(ours, Is.EqualTo(loss.GetConstructors().Single().GetParameters().ToDictionary(parameter => parameter.Name!, parameter => Canonical(parameter.DefaultValue))));
    }

    private static ITrainerKind Kind(string name) => TrainerKinds.All.OfType<ITrainerKind>().First(kind => kind.Info.Name == name);

    private static void AssertSame(Type options, Dictionary<string, JsonNode?> ours)
    {
        var defaults = Activator.CreateInstance(options)!;
        foreach (var member in Members(options).Where(member => ours.ContainsKey(Name(member)) && Name(member) is not ("booster" or "lossFunction" or "trainer")))
            Assert.That(Canonical(ours[Name(member)]), Is.EqualTo(Canonical(member is FieldInfo field ? field.GetValue(defaults) : ((PropertyInfo)member).GetValue(defaults))), Name(member));
    }

    private static IEnumerable<MemberInfo> Members(Type options) =>
        [.. options.GetFields(BindingFlags.Public | BindingFlags.Instance), .. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    private static string Name(MemberInfo member) =>
        JsonNamingPolicy.CamelCase.ConvertName(member.Name.EndsWith("ColumnName", StringComparison.Ordinal) ? member.Name[..^4] : member.Name);

    private static string Canonical(JsonNode? json) => json?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Number => double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture).ToString("G7", CultureInfo.InvariantCulture),
        JsonValueKind.String => (string)json!,
        _ => json.ToJsonString(),
    };

    // JSON has no infinity; null is no bound there.
    private static string Canonical(object? value) => value switch
    {
        null or double.PositiveInfinity => "null",
        bool flag => flag ? "true" : "false",
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        string text => text,
        ValueList<double> numbers => Canonical(new JsonArray([.. numbers.Select(entry => (JsonNode)entry)])),
        var number => Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString("G7", CultureInfo.InvariantCulture),
    };
}
