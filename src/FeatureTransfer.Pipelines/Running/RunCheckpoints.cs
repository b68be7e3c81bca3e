using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Where the trainings of a run keep their checkpoints: beside the outputs, until the run is over.</summary>
internal sealed class RunCheckpoints(PipelineDefinition definition)
{
    private readonly string _folder = Path.Combine(PipelinePaths.Resolve(definition.Outputs.Folder, definition.BaseFolder), "checkpoints");
    private readonly bool _needed = definition.Estimators.Any(step => step is IImageTrainerStep);

    /// <summary>The checkpoint of the training on all training rows; null where no step needs one.</summary>
    public string? Training => PathOf("training");

    /// <summary>The checkpoint of a fold.</summary>
    public string? Fold(int repeat, int fold) => PathOf(string.Create(CultureInfo.InvariantCulture, $"repeat-{repeat}-fold-{fold}"));

    /// <summary>Deletes the checkpoints.</summary>
    public void Delete()
    {
        if (_needed && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string? PathOf(string name) => _needed ? Path.Combine(_folder, name + ".checkpoint") : null;
}
