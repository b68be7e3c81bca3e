using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Studio.Exporting;

/// <summary>What was done in a studio, as a pipeline that <c>ft run</c> repeats.</summary>
internal static class StudioPipeline
{
    /// <summary>The pipeline's file, beside the data.</summary>
    public const string FileName = "pipeline.json";

    /// <summary>The folder of its outputs.</summary>
    public const string Outputs = "export";

    private const int MostFolds = 5;

    /// <summary>The pipeline of a folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="modality">What the rows are.</param>
    /// <param name="backbone">The backbone.</param>
    /// <param name="layers">Its layers; empty is the card's.</param>
    /// <param name="head">The steps that learn.</param>
    /// <param name="labels">The labels of all labelled rows: a class of few rows cannot be tested.</param>
    public static PipelineDefinition Of(string name, Modality modality, string backbone, IReadOnlyList<string> layers, IReadOnlyList<PipelineStep> head, IReadOnlyList<string> labels)
    {
        var smallest = labels.CountBy(label => label, StringComparer.Ordinal).Select(label => label.Value).DefaultIfEmpty(0).Min();
        var (source, column) = modality == Modality.Text
            ? (new CsvSource { Path = "labels.csv", Image = null, Texts = ["text"] }, "text")
            : (new CsvSource { Path = "labels.csv" }, DataSource.PathColumn);
        return new PipelineDefinition
        {
            Name = name,
            Description = "Labelled in the studio",
            Seed = 1,
            Data = source,
            Split = new SplitOptions { TestFraction = smallest >= MostFolds ? 0.2 : 0, Folds = smallest > MostFolds ? MostFolds : smallest >= 2 ? 2 : 0 },
            Estimators = [new ExtractFeaturesStep { Backbone = backbone, Layers = [.. layers], Input = column }, .. head],
            Outputs = new OutputOptions { Folder = Outputs },
        };
    }

    /// <summary>Writes the pipeline beside the data, and runs that file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="definition">The pipeline.</param>
    /// <param name="services">Where things come from, and what stops the work.</param>
    /// <returns>What was reached, for people to read.</returns>
    public static string Run(string folder, PipelineDefinition definition, FeatureTransferServices services)
    {
        var file = Path.Combine(folder, FileName);
        PipelineWriter.Write(definition, file);
        var result = new PipelineRunner(services).RunAsync(PipelineReader.Read(file), services.Cancellation).GetAwaiter().GetResult();
        return string.Create(CultureInfo.InvariantCulture, $"{result.TrainRows} items learned from{(result.TestRows > 0 ? $", {result.TestRows} held out for the test" : "")}");
    }
}
