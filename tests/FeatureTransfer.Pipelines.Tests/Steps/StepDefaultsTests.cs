using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Transforms.Text;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Holds names and defaults of options against the parameters of ML.NET's methods.</summary>
public class StepDefaultsTests
{
    /// <summary>Parameters that JSON cannot give: data, other estimators and functions; and the last overload's limit on nesting.</summary>
    private static readonly string[] _notInJson = ["catalog", "keyData", "calibrator", "lossFunction", "recursionLimit"];

    /// <summary>Options whose parameter has no default since another overload leaves it out.</summary>
    private static readonly Dictionary<string, string> _ofOtherOverloads = new(StringComparer.Ordinal)
    {
        ["LoadImages.imageFolder"] = "null",
        ["LoadRawImageBytes.imageFolder"] = "null",
        ["SelectColumns.keepHidden"] = "false",
        ["ApplyOnnxModel.outputs"] = "[]",
        ["ApplyOnnxModel.inputs"] = "[]",
        ["ApplyOnnxModel.shapeDictionary"] = "[]",
    };

    private static readonly Assembly[] _mlNet = [.. new[] { "Microsoft.ML.Data", "Microsoft.ML.Transforms", "Microsoft.ML.PCA", "Microsoft.ML.StandardTrainers", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.OnnxTransformer" }.Select(Assembly.Load)];

    /// <summary>Steps that ML.NET has methods for; trainers with option classes are held against these.</summary>
    private static IEnumerable<string> OfMlNet => StepTable.All.Select(step => step.Name)
        .Except(["ExtractFeatures", "ClassWeights", "AdaptFeatures", "ImportanceWeights", "EraseConcept", "ClassDistance", "FeaturizeText", "FineTune", "ImageClassification", "Cascade", "Gate", "Ensemble"])
        .Except(TrainerKinds.All.OfType<ITrainerKind>().Select(kind => kind.Info.Name));

    [TestCaseSource(nameof(OfMlNet))]
    public void Step_NamesAndDefaults_AreThoseOfTheMethod(string step)
    {
        var options = StepTable.All.First(info => info.Name == step).Options.ToDictionary(option => option.Name, option => option.Default);
        AssertSame(step, options, Method(step, options.Keys));
    }

    [Test]
    public void FeaturizeText_Defaults_AreThoseOfItsOptions()
    {
        var defaults = new TextFeaturizingEstimator.Options();
        var step = new FeaturizeTextStep { Output = "x" };
        Assert.That(
            (step.CaseMode, step.KeepDiacritics, step.KeepPunctuations, step.KeepNumbers, step.Norm, step.OutputTokensColumn),
            Is.EqualTo((defaults.CaseMode, defaults.KeepDiacritics, defaults.KeepPunctuations, defaults.KeepNumbers, defaults.Norm, defaults.OutputTokensColumnName)));
    }

    [Test]
    public void FeaturizeText_Extractors_AreThoseOfItsOptions()
    {
        var (defaults, step) = (new TextFeaturizingEstimator.Options(), new FeaturizeTextStep { Output = "x" });
        foreach (var (theirs, ours) in new[] { (defaults.WordFeatureExtractor!, step.WordFeatureExtractor!), (defaults.CharFeatureExtractor!, step.CharFeatureExtractor!) })
        {
            Assert.That((ours.NgramLength, ours.SkipLength, ours.UseAllLengths, ours.Weighting), Is.EqualTo((theirs.NgramLength, theirs.SkipLength, theirs.UseAllLengths, theirs.Weighting)));
            Assert.That(ours.MaximumNgramsCount, Is.EqualTo(theirs.MaximumNgramsCount));
        }
    }

    private static void AssertSame(string step, Dictionary<string, string?> options, IReadOnlyList<ParameterInfo> parameters)
    {
        Assert.That(parameters.Select(OptionName), Is.EquivalentTo(options.Keys));
        foreach (var parameter in parameters)
        {
            var (name, found) = (OptionName(parameter), options[OptionName(parameter)]);
            var expected = parameter.HasDefaultValue ? Json(parameter) : _ofOtherOverloads.GetValueOrDefault($"{step}.{name}");
            Assert.That(Canonical(found, parameter), Is.EqualTo(Canonical(expected, parameter)), name);
        }
    }

    private static IReadOnlyList<ParameterInfo> Method(string name, IEnumerable<string> options)
    {
        var candidates = _mlNet.SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.Name == name)
            .Select(method => method.GetParameters().Where(parameter => !_notInJson.Contains(parameter.Name)).ToList())
            .Where(parameters => parameters.Select(OptionName).ToHashSet().SetEquals(options))
            .ToList();
        Assert.That(candidates, Is.Not.Empty, $"ML.NET has no {name} with the parameters {string.Join(", ", options)}");
        return candidates[0];
    }

    private static string OptionName(ParameterInfo parameter) => parameter.Name switch
    {
        "outputColumnName" => "output",
        "inputColumnName" => "input",
        "outputColumnNames" => "outputs",
        "inputColumnNames" => "inputs",
        "columnNames" => "columns",
        var name when name!.EndsWith("ColumnName", StringComparison.Ordinal) => name[..^4],
        var name => name!,
    };

    private static string Json(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable when parameter.ParameterType.IsEnum => $"\"{JsonNamingPolicy.CamelCase.ConvertName(Enum.ToObject(parameter.ParameterType, parameter.DefaultValue).ToString()!)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };

    // 1E-07 and 1e-7 are one number.
    private static string? Canonical(string? json, ParameterInfo parameter) =>
        parameter.ParameterType == typeof(float) ? float.Parse(json!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : parameter.ParameterType == typeof(double) ? double.Parse(json!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : json;
}
