using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>One option of a chain, and what is tried for it: <see cref="Among" /> values, or numbers <see cref="Between" /> two ends.</summary>
public sealed record SearchedOption
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Where the option is, such as <c>estimators[0].layers</c>; <c>estimators[2]</c> is a whole step.</summary>
    public required string Path { get; init; }

    /// <summary>The values, each as JSON; empty where there is a <see cref="Range" />.</summary>
    public ValueList<string> Values { get; init; } = [];

    /// <summary>The numbers; null where there are <see cref="Values" />.</summary>
    public SearchRange? Range { get; init; }

    /// <summary>Tries values, all as likely as each other.</summary>
    /// <param name="path">Where the option is, such as <c>estimators[0].layers</c>.</param>
    /// <param name="values">The values: numbers, texts, enumerations, whole steps.</param>
    public static SearchedOption Among(string path, params IEnumerable<object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new SearchedOption { Path = path, Values = [.. values.Select(value => Text(value is PipelineStep step ? StepTable.Format.Write(step) : JsonSerializer.SerializeToNode(value, _json)))] };
    }

    /// <summary>Tries lists, such as layers.</summary>
    /// <param name="path">Where the option is, such as <c>estimators[0].layers</c>.</param>
    /// <param name="values">The lists.</param>
    public static SearchedOption AmongLists(string path, params IEnumerable<ValueList<string>> values) => Among(path, (IEnumerable<object?>)values);

    /// <summary>Tries numbers of a range.</summary>
    /// <param name="path">Where the option is, such as <c>estimators[2].l2Regularization</c>.</param>
    /// <param name="from">The least.</param>
    /// <param name="to">The greatest.</param>
    /// <param name="scale">How numbers are drawn. Default <see cref="SearchScale.Linear" />.</param>
    /// <param name="whole">Whether they are whole numbers. Default false.</param>
    public static SearchedOption Between(string path, double from, double to, SearchScale scale = SearchScale.Linear, bool whole = false) =>
        new() { Path = path, Range = new SearchRange { From = from, To = to, Scale = scale, Whole = whole } };

    // Numbers have one form, however they were written.
    internal static string Text(JsonNode? value) => value?.ToJsonString(PipelineWriter.Plain) ?? "null";
}

/// <summary>Numbers from one end to the other, both among them.</summary>
public sealed record SearchRange
{
    /// <summary>The least.</summary>
    public double From { get; init; }

    /// <summary>The greatest.</summary>
    public double To { get; init; }

    /// <summary>How numbers are drawn. Default <see cref="SearchScale.Linear" />.</summary>
    public SearchScale Scale { get; init; }

    /// <summary>Whether they are whole numbers. Default false: they have four digits.</summary>
    public bool Whole { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Fault => !double.IsFinite(From) || !double.IsFinite(To) || From >= To ? "\"from\" has to be less than \"to\""
        : Scale == SearchScale.Log && From <= 0 ? "on the scale log \"from\" has to be above 0"
        : Whole && (From != Math.Round(From) || To != Math.Round(To)) ? "\"from\" and \"to\" have to be whole numbers, as \"whole\" asks"
        : null;

    /// <summary>The number at a share of the way.</summary>
    internal double At(double share)
    {
        var value = Scale == SearchScale.Log ? Math.Exp(Math.Log(From) + (share * (Math.Log(To) - Math.Log(From)))) : From + (share * (To - From));
        var rounded = Whole ? Math.Round(value) : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, From, To);
    }
}

/// <summary>How numbers of a range are drawn.</summary>
public enum SearchScale
{
    /// <summary>All as likely as each other.</summary>
    Linear,

    /// <summary>Their logarithms are as likely as each other: as many from 0.001 to 0.01 as from 1 to 10.</summary>
    Log,
}
