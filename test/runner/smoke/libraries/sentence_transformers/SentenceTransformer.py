import os


class SentenceTransformer:
    def fit(self, train_objectives, evaluator=None, epochs=1, steps_per_epoch=None, output_path=None, save_best_model=True, checkpoint_path=None):
        if output_path is not None:
            self.save(output_path)
        print("fitted", epochs, "epochs of", steps_per_epoch, "steps")

    def save(self, path):
        os.makedirs(path)
