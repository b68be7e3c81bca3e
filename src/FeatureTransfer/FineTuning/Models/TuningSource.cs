using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.FineTuning;

/// <summary>Where training begins: a backbone, and how rows become its input.</summary>
/// <param name="Backbone">The backbone; it is read when it is needed.</param>
/// <param name="Preparation">How inputs become the tuned network's tensors.</param>
/// <param name="Rows">How rows become what is trained on: tensors of one shape.</param>
internal sealed record TuningSource(Lazy<Backbone> Backbone, Preparation Preparation, FixedPreparation Rows)
{
    /// <summary>Opens what a card names.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="options">The changes to its preprocessing.</param>
    /// <param name="services">Where backbones are kept.</param>
    /// <param name="rows">The rows; the longest of them decides how long texts are.</param>
    public static TuningSource Open(ModelCard card, FineTuneOptions options, FeatureTransferServices services, TuningRows rows)
    {
        var backbone = new Lazy<Backbone>(() => services.Backbones.Open(card, services.Cancellation));

        // A model that is trained further has its weights with it, and images need nothing else of the backbone.
        var preparation = card.Modality == Modality.Image ? new Backbone(card, "", "").Prepare(options.Preprocessing) : backbone.Value.Prepare(options.Preprocessing);
        return new TuningSource(backbone, preparation, preparation switch
        {
            TextPreparation text => PackedTokens.For(text, rows.Rows.Select(row => row.Read())),
            AudioPreparation audio => new FirstWindow(audio),
            _ => (FixedPreparation)preparation,
        });
    }

    /// <summary>The network's own inputs, where training packs them into one.</summary>
    public GraphFeeds? Packed => Preparation is TextPreparation text ? text.Feeds : null;

    /// <summary>The backbone with a new head.</summary>
    public TuningModel Create(FineTuneOptions options, FineTuneTask task, TuningRows rows)
    {
        var graph = Backbone.Value.LoadModel();
        var layers = Backbone.Value.ResolveLayers(graph, options.Layers);
        return TuningModelBuilder.Create(graph, layers, options.Pooling ?? Backbone.Value.Card.DefaultPooling, Rows, options, task, rows.Outputs, rows.Labels, Packed);
    }
}
