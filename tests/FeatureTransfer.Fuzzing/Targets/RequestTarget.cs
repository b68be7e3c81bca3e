using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server;
using FeatureTransfer.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Bodies of requests of one media type, as models of images, of a text and of a row of a table read them.</summary>
internal sealed class RequestTarget(string name, string mediaType) : IFuzzTarget
{
    private static readonly FeatureTransferServerOptions _options = new() { MaxPixels = 1 << 16, MaxItems = 8 };

    private static readonly ItemColumns[] _models =
    [
        new(Modality.Image, [], [], MayMissNumbers: false),
        new(null, ["review"], [], MayMissNumbers: false),
        new(Modality.Audio, ["place"], ["age", "height"], MayMissNumbers: true),
    ];

    public string Name => name;

    public void Read(byte[] input)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = mediaType;
        foreach (var model in _models)
        {
            try
            {
                RequestReader.ReadAsync(request, input, new ItemFields(model), _options, CancellationToken.None).GetAwaiter().GetResult();
            }
            catch (RefusedException)
            {
                // The answer is a problem, which another model need not have.
            }
        }
    }
}
