using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>The golden vectors of the cards that come with the library are what their backbones give.</summary>
public class ShippedGoldenTests
{
    private static readonly GoldenInputs _inputs = new();

    // What only an address on the internet has cannot be recorded everywhere.
    private static IEnumerable<string> Ids => ModelCatalog.LoadDefault().Cards.Where(card => card.Source.Kind != ModelSourceKind.Url).Select(card => card.Id);

    [OneTimeTearDown]
    public void Drop() => _inputs.Dispose();

    [TestCaseSource(nameof(Ids))]
    public void Card_OfAPackage_HasAGoldenVectorOfAnInputThatComesWithIt(string id)
    {
        var golden = ModelCatalog.LoadDefault().Get(id).Golden;
        Assert.That(golden, Is.Not.Empty);
        Assert.That(golden.Select(vector => vector.Features.Count), Is.All.EqualTo(GoldenVectors.Length));
        Assert.That(golden.Select(vector => vector.Sha256), Is.SubsetOf(GoldenVectors.Hash(_inputs.Files).Keys));
    }

    [TestCaseSource(nameof(Ids))]
    public void Replay_Backbone_GivesWhatTheCardSays(string id)
    {
        var card = Pulled.BackboneOrSkip(id).Card;
        var replays = GoldenVectors.Replay(card, GoldenVectors.Hash(_inputs.Files), FeatureTransferServices.Default with { Backbones = Pulled.Store });
        Assert.That(replays.Select(replay => replay.Deviation), Is.All.LessThanOrEqualTo(GoldenVectors.Tolerance));
    }
}
