using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>
/// Puts the images of an archive or a query beside rows that were taken from it, for a chain that learns from images: it still reads them where
/// other chains have features. They are read again from their source each time.
/// </summary>
internal sealed class TrainingImages
{
    private readonly SourceRows _source;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, int>? _places;

    /// <summary>Looks where the images of a source lie.</summary>
    /// <exception cref="FeatureTransferException">Two images have one name.</exception>
    public TrainingImages(PipelineDefinition definition, SourceRows source, CancellationToken cancellation)
    {
        (_source, _cancellation) = (source, cancellation);
        if (source.Content is null || ChainModel.Trained(definition).Flatten().FirstOrDefault(step => step is IImageTrainerStep or ExtractFeaturesStep) is not { } trainer)
            return;
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < source.Rows.Count; row++)
        {
            if (!_places.TryAdd(source.Rows[row].Path!, row))
                throw new FeatureTransferException($"{definition.Name}: two images of {source.Origin} are called '{source.Rows[row].Path}'. {StepTable.NameOf(trainer)} finds images by their names, so give each its own.");
        }
    }

    /// <summary>The rows with their images; the rows themselves where they name files, or no image is needed any more.</summary>
    /// <param name="rows">Rows of the source, in its order; not all need be there.</param>
    /// <param name="rejected">Is told of images that cannot be read. Default, and null: nobody, for they were told of before.</param>
    public IDataView Beside(Table rows, IRejectedRowSink? rejected = null) =>
        _places is null ? rows : new ContentView(rows, DataSource.PathColumn, () => Read(rows, rejected ?? new RejectedRowCollector()));

    private IEnumerable<ReadOnlyMemory<byte>> Read(Table rows, IRejectedRowSink rejected)
    {
        var places = rows.Text(DataSource.PathColumn)!.Select(name => _places![name]).ToList();
        return _source.Content!.Read([.. places.Select(place => _source.Rows[place])], rejected, _cancellation);
    }
}
