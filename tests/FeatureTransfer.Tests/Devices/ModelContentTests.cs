using System.Security.Cryptography;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Devices;

public class ModelContentTests
{
    [Test]
    public void Hash_IsThatOfTheFile()
    {
        var model = SmallModels.Image();
        ModelContent content = model;
        Assert.Multiple(() =>
        {
            Assert.That(content.Hash, Is.EqualTo(SHA256.HashData(model.ToBytes())));
            Assert.That(content.HexHash, Is.EqualTo(Convert.ToHexStringLower(content.Hash)));
            Assert.That(content.Length, Is.EqualTo(content.Write().LongLength));
        });
    }
}
