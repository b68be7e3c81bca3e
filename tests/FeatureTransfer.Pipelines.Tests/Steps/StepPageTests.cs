using System.Globalization;
using System.Text;
using System.Text.Json;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>docs/pipeline-steps.md is written by this test from the table of steps, and checked by it.</summary>
public class StepPageTests
{
    [Test]
    public void StepPage_OfTheRepository_IsCurrent()
    {
        var path = Path.Combine(Reference.Root, "docs", "pipeline-steps.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable("FT_UPDATE_DOCS") is { Length: > 0 })
            File.WriteAllText(path, page);

        Assert.That(
            File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "",
            Is.EqualTo(page),
            "Write docs/pipeline-steps.md anew: FT_UPDATE_DOCS=1 dotnet test tests/FeatureTransfer.Pipelines.Tests --filter StepPage");
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # The steps of a pipeline

            What may stand in the `estimators` of a pipeline, in order: each entry is one ML.NET estimator, its `type` is ML.NET's
            name, and its options have ML.NET's names and defaults. This page is written by a test from the table that the reader,
            the writer and `pipelines/pipeline.schema.json` come from; see CONTRIBUTING.md for the command.

            ML.NET has some trainers under one name for several tasks, such as `FastTree` for `binary` and `regression`: which one a
            step is follows from the pipeline's `task`. With several classes, a trainer of two stands inside `OneVersusAll` or
            `PairwiseCoupling`.

            Two runs of a pipeline on one machine give the same model, with two exceptions: trainers by SDCA and by stochastic
            gradient descent with more than one thread, since their threads write to the same weights (`"numberOfThreads": 1` makes
            them repeatable), and `LightGbm` with more than one thread, unless `deterministic` and one of `forceColumnWise` and
            `forceRowWise` are true. Everything random comes from the pipeline's `seed`, so ML.NET's trainers have no seed of their own.

            Left out are ML.NET's options that print, that need validation rows, or that are objects of code;
            `FieldAwareFactorizationMachine`, whose time grows with the square of the number of features; and `Ols` and
            `SymbolicSgdLogisticRegression`, which come with Intel's MKL in a package of their own.


            """.ReplaceLineEndings("\n"));
        foreach (var step in StepTable.All)
            text.Append(CultureInfo.InvariantCulture, $"- [{step.Name}](#{step.Name.ToLowerInvariant()}): {Lower(step.Summary)}\n");
        foreach (var step in StepTable.All)
            Write(text, step);
        return text.ToString();
    }

    private static void Write(StringBuilder text, StepInfo step)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {step.Name}\n\n{step.Summary}. {(step.Trains ? "It learns from the training rows." : "It learns nothing: before the first step that does, it runs once for all folds.")}{Tasks(step)}\n\n");
        text.Append("| option | takes | default | what it does |\n| --- | --- | --- | --- |\n");
        foreach (var option in step.Options)
            text.Append(CultureInfo.InvariantCulture, $"| `{option.Name}` | {Cell(option.Expected)} | {(option.Required ? "required" : $"`{Cell(option.Default ?? "null")}`")} | {Cell(option.Description)} |\n");
    }

    private static string Tasks(StepInfo step) => step.Tasks.Count == 0 ? "" : $" It ends a chain whose task is {string.Join(" or ", step.Tasks.Select(task => $"`{JsonNamingPolicy.CamelCase.ConvertName(task.ToString())}`"))}.";

    // Names such as ML.NET and LightGBM keep their capitals.
    private static string Lower(string summary) => char.IsUpper(summary[1]) ? summary : char.ToLowerInvariant(summary[0]) + summary[1..];

    // A bar would end the cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
