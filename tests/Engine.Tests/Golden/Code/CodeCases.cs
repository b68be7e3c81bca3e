using System.Globalization;
using System.Text.Json;
using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>
/// Tests of the cases of one group that are C# code: a derived class has a public constructor without parameters, and the
/// first argument of each of its tests is the id of the case, so that the cases without a test can be told.
/// </summary>
public abstract class CodeCases(string group)
{
    /// <summary>The group, named as its golden file.</summary>
    public string Group { get; } = group;

    /// <summary>Runs the code; what it returns, or throws, agrees with the golden file.</summary>
    protected void Agree(string id, Func<MLContext, object?> code)
    {
        var json = GoldenFiles.Case(Group, id);
        Verdict.Judge(Group, id, Differences(json, code));
    }

    /// <summary>The same for results that are compared in another way: the check gives the differences.</summary>
    protected void Agree(string id, Func<MLContext, JsonElement, IEnumerable<string>> check) =>
        Verdict.Judge(Group, id, [.. check(new MLContext(1), GoldenFiles.Case(Group, id).GetProperty("result"))]);

    /// <summary>The note of a case.</summary>
    protected string Note(string id) => GoldenFiles.Case(Group, id).GetProperty("note").GetString()!;

    /// <summary>Data that the code of cases calls by name: D1, D2, C, N, Odd.</summary>
    protected static IDataView Load(string name, MLContext ml) => DataSpec.Load(GoldenFiles.Definition(name), ml);

    /// <summary>A file of the golden files.</summary>
    protected static string File(string name) => Path.Combine(GoldenFiles.Folder, name);

    /// <summary>The first rows of these columns, as in the golden files.</summary>
    protected static object Rows(IDataView view, string[] columns, int count) => Dump.Rows(view, columns, count).rows;

    /// <summary>How far numbers may be apart where the case names no distance: more than its tolerance where models are trained.</summary>
    protected virtual double Spread => 0;

    private IReadOnlyList<string> Differences(JsonElement json, Func<MLContext, object?> code)
    {
        bool fails = json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object;
        object? result;
        try
        {
            result = Dump.Value(code(new MLContext(1)));
        }
        catch (Exception e) when (fails && e is not AssertionException)
        {
            return ErrorComparison.Compare(error, e, null);
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return [$"{e.GetType().Name}: {e.Message}{Environment.NewLine}{e.StackTrace}"];
        }
        if (fails)
            return [$"no error, expected {error.GetProperty("type")}"];
        var comparison = Comparison(json);
        comparison.Compare("result", json.GetProperty("result"), result);
        return comparison.Differences;
    }

    // "numbers" says how far results that chance has a hand in may be apart.
    private Comparison Comparison(JsonElement json) => json.GetProperty("tolerance").TryGetProperty("numbers", out var numbers)
        ? new(double.Parse(numbers.GetString()!["abs ".Length..], CultureInfo.InvariantCulture), 0)
        : Tolerance.Of(json).ForValues(Spread);
}
